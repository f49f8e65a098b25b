//! The books that come with the clone, against the profiles that they were made from.

use mrc53_console::workspace::Workspace;
use mrc53_node::book::Book;
use mrc53_node::profile::Network;

#[test]
fn the_book_of_arbitrum_sepolia_starts_from_the_addresses_of_its_profile() {
    let network = Network::find("arbitrum-sepolia").unwrap();
    let folder = Workspace::find().unwrap().path("deployments");

    let kept = Book::load(&folder, &network).unwrap();

    assert!(Book::path(&folder, &network).is_file());
    let addresses = |book: &Book| {
        let inputs = [&book.inputs.token, &book.inputs.diamond].map(Option::as_ref);
        inputs.map(|input| input.map(|input| (input.address, input.source.clone())))
    };
    assert_eq!(addresses(&kept), addresses(&Book::new(&network)));
    assert!(addresses(&kept).iter().all(Option::is_some));
}
