// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.26;

/// @notice Reads proofs of `UsageBuckets`' words as `contracts/trie` does: the opponent of the benchmark of proofs, of as
/// little gas as its author could make it take. Nodes are shared between the words, read where they stand in the calldata,
/// and copied over each other to be hashed; a branch of hashes and a leaf take few steps, all else goes by the rules.
///
/// Memory: a node or what is hashed at 0, then what is fixed, the answer, and the path of the latest key, a word for each
/// node: its shift (256 less four for each nibble that leads to it), where its list begins and ends, and its kind.
abstract contract AssemblyWalk {
    /// @dev keccak256 of 0x80.
    uint256 private constant EMPTY_ROOT = 0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421;
    /// @dev Where the memory has the root, the end of the nodes, and that of the answer; what leads from a word of the answer
    /// to its subnet in the calldata, and to its number.
    uint256 private constant ROOT = 0x220;
    uint256 private constant END = 0x240;
    uint256 private constant LAST = 0x260;
    uint256 private constant SUBNETS = 0x280;
    uint256 private constant NUMBERS = 0x2a0;
    /// @dev Where `embedded` takes and leaves the end of the path, the next node, and the value.
    uint256 private constant TOP = 0x2c0;
    uint256 private constant NODE = 0x2e0;
    uint256 private constant VALUE = 0x300;
    uint256 private constant ANSWER = 0x320;
    /// @dev Kinds, as they stand in the path: all sixteen places full; hashes and empty places; any other.
    uint256 private constant FULL = 0;
    uint256 private constant HASHES = 0x1000000000000000000000000;
    uint256 private constant OTHER = 0x2000000000000000000000000;
    uint256 private constant ABOVE_THE_ROOT = 0x3000000000000000000000000;
    /// @dev The shift of a key that ends.
    uint256 private constant ENDS = 0x1ff;
    /// @dev The codes of a hash and of an empty place, as the first byte of a word.
    uint256 private constant HASH_CODE = 0xa0 << 248;
    uint256 private constant EMPTY_CODE = 0x80 << 248;

    /// @notice The words number `numbers` of `subnets`, zero for one that is not in the trie with this `root`. Refuses
    /// whatever does not prove them.
    function verify(bytes32 root, address[] calldata subnets, uint32[] calldata numbers, bytes calldata nodes)
        external
        pure
        returns (bytes32[] memory)
    {
        bool trusting = _trustsForms();
        assembly {
            function refuse() {
                revert(0, 0)
            }

            /// The first item of [p, e).
            function item(p, e) -> isList, start, next {
                let w := calldataload(p)
                let code := byte(0, w)
                start := add(p, 1)
                let length := and(code, 0x3f)
                isList := gt(code, 0xbf)
                switch lt(code, 0x80)
                case 1 {
                    start := p
                    length := 1
                }
                default {
                    switch length
                    case 56 {
                        length := byte(1, w)
                        start := add(p, 2)
                        if lt(length, 56) { refuse() }
                    }
                    case 57 {
                        length := and(shr(232, w), 0xffff)
                        start := add(p, 3)
                        if lt(length, 256) { refuse() }
                    }
                    default { if gt(length, 57) { refuse() } }
                    if and(and(iszero(isList), eq(length, 1)), lt(byte(1, w), 0x80)) { refuse() }
                }
                next := add(start, length)
                if or(iszero(lt(p, e)), gt(next, e)) { refuse() }
            }

            /// The number of which [p, e) is the RLP.
            function digits(p, e) -> value {
                let isList, start, next := item(p, e)
                let length := sub(next, start)
                let w := calldataload(start)
                if or(or(isList, xor(next, e)), or(gt(sub(length, 1), 31), iszero(byte(0, w)))) { refuse() }
                value := shr(sub(256, shl(3, length)), w)
            }

            /// What the node whose list is [p, e) says of `key`: 0 that it is absent, 1 that it lies below the hash and 2
            /// below the embedded node that `at` leads to, 3 that the item there is its value.
            function step(p, e, depth, key) -> kind, at, below {
                let isList, start, next := item(p, e)
                if iszero(isList) {
                    let isSecondList, second, behind := item(next, e)
                    if eq(behind, e) {
                        let length := sub(next, start)
                        let flags := byte(0, calldataload(start))
                        let isOdd := and(shr(4, flags), 1)
                        if or(gt(sub(length, 1), 32), or(gt(flags, 0x3f), and(iszero(isOdd), gt(and(flags, 15), 0)))) {
                            refuse()
                        }
                        let count := add(sub(shl(1, length), 2), isOdd)
                        below := add(depth, count)
                        let path := shl(shl(2, isOdd), calldataload(add(start, iszero(isOdd))))
                        let isOther := gt(shr(sub(256, shl(2, count)), xor(path, shl(shl(2, depth), key))), 0)
                        at := next
                        if gt(flags, 0x1f) {
                            if or(or(isSecondList, xor(below, 64)), eq(second, e)) { refuse() }
                            kind := mul(3, iszero(isOther))
                            leave
                        }
                        if or(iszero(count), gt(below, 63)) { refuse() }
                        let code := byte(0, calldataload(next))
                        kind := 1
                        if xor(code, 0xa0) {
                            if or(or(lt(code, 0xc1), gt(code, 0xde)), isOther) {
                                if or(lt(code, 0xc1), gt(code, 0xde)) { refuse() }
                            }
                            kind, count, length := branch(second, e, below, key)
                            kind := 2
                        }
                        kind := mul(kind, iszero(isOther))
                        leave
                    }
                }
                kind, at, below := branch(p, e, depth, key)
            }

            /// As `step`, of a branch.
            function branch(p, e, depth, key) -> kind, at, below {
                if gt(depth, 63) { refuse() }
                let wanted := and(shr(sub(252, shl(2, depth)), key), 15)
                below := add(depth, 1)
                for { let nibble := 0 } lt(nibble, 16) { nibble := add(nibble, 1) } {
                    let code := byte(0, calldataload(p))
                    let next := add(add(p, 1), and(code, 0x3f))
                    if gt(next, e) { refuse() }
                    let named := 0
                    switch code
                    case 0x80 {}
                    case 0xa0 { named := 1 }
                    default {
                        if or(lt(code, 0xc1), gt(code, 0xde)) { refuse() }
                        let a, b, c := step(add(p, 1), next, below, key)
                        named := 2
                    }
                    if eq(nibble, wanted) {
                        kind := named
                        at := p
                    }
                    p := next
                }
                if or(xor(add(p, 1), e), xor(byte(0, calldataload(p)), 0x80)) { refuse() }
            }

            /// Place number `wanted` of the branch whose list begins at `p`, without a look at the others. Each place read so
            /// far is a byte besides what it holds.
            function find(p, wanted) -> at {
                at := p
                if and(wanted, 8) {
                    at := add(at, and(byte(0, calldataload(at)), 0x3f))
                    at := add(at, and(byte(1, calldataload(at)), 0x3f))
                    at := add(at, and(byte(2, calldataload(at)), 0x3f))
                    at := add(at, and(byte(3, calldataload(at)), 0x3f))
                    at := add(at, and(byte(4, calldataload(at)), 0x3f))
                    at := add(at, and(byte(5, calldataload(at)), 0x3f))
                    at := add(at, and(byte(6, calldataload(at)), 0x3f))
                    at := add(at, and(byte(7, calldataload(at)), 0x3f))
                    at := add(at, 8)
                }
                if and(wanted, 4) {
                    at := add(at, and(byte(0, calldataload(at)), 0x3f))
                    at := add(at, and(byte(1, calldataload(at)), 0x3f))
                    at := add(at, and(byte(2, calldataload(at)), 0x3f))
                    at := add(at, and(byte(3, calldataload(at)), 0x3f))
                    at := add(at, 4)
                }
                if and(wanted, 2) {
                    at := add(at, and(byte(0, calldataload(at)), 0x3f))
                    at := add(at, and(byte(1, calldataload(at)), 0x3f))
                    at := add(at, 2)
                }
                if and(wanted, 1) { at := add(add(at, 1), and(byte(0, calldataload(at)), 0x3f)) }
            }

            /// Four places of the branch in memory: where the next are, and what all codes have that no hash and no empty place
            /// does.
            function four(at, others) -> next, all {
                let a := xor(byte(0, mload(at)), 0x80)
                next := add(at, a)
                let b := xor(byte(1, mload(next)), 0x80)
                next := add(next, b)
                let c := xor(byte(2, mload(next)), 0x80)
                next := add(next, c)
                let d := xor(byte(3, mload(next)), 0x80)
                next := add(add(next, d), 4)
                all := or(or(or(others, a), or(b, c)), d)
            }

            /// What the node whose list is [p, e), and all that is embedded on the way from it, says of `key`: the hash of the
            /// next node, or that the key ends.
            function embedded(p, e, depth, key) -> hash, shift {
                for {} 1 {} {
                    let kind, at, below := step(p, e, depth, key)
                    if iszero(mod(kind, 3)) {
                        shift := ENDS
                        mstore(VALUE, 0)
                        if kind {
                            let isList, start, next := item(at, not(0))
                            mstore(VALUE, digits(start, next))
                        }
                        leave
                    }
                    shift := sub(256, shl(2, below))
                    hash := calldataload(add(at, 1))
                    if eq(kind, 1) { leave }
                    p := add(at, 1)
                    e := add(at, sub(byte(0, calldataload(at)), 0xbf))
                    depth := below
                    let length := sub(e, at)
                    let next := mload(NODE)
                    if iszero(gt(add(next, length), mload(END))) {
                        if iszero(shr(sub(256, shl(3, length)), xor(calldataload(next), calldataload(at)))) {
                            mstore(NODE, add(next, length))
                        }
                    }
                    let top := add(mload(TOP), 0x20)
                    mstore(top, or(or(OTHER, shl(64, e)), or(shl(32, p), shift)))
                    mstore(TOP, top)
                }
            }

            if xor(subnets.length, numbers.length) { refuse() }
            let word := add(ANSWER, 0x40)
            let top := add(word, shl(5, subnets.length))
            let node := nodes.offset
            mstore(ROOT, root)
            mstore(END, add(node, nodes.length))
            mstore(LAST, top)
            mstore(SUBNETS, sub(subnets.offset, word))
            mstore(NUMBERS, sub(numbers.offset, word))
            mstore(ANSWER, 0x20)
            mstore(add(ANSWER, 0x20), subnets.length)
            mstore(top, or(ABOVE_THE_ROOT, 256))
            if and(eq(root, EMPTY_ROOT), lt(word, top)) {
                if and(eq(nodes.length, 1), eq(byte(0, calldataload(node)), 0x80)) { node := add(node, 1) }
            }
            let key := 0

            for {} lt(word, mload(LAST)) { word := add(word, 0x20) } {
                {
                    let who := calldataload(add(word, mload(SUBNETS)))
                    let which := calldataload(add(word, mload(NUMBERS)))
                    if or(shr(160, who), shr(32, which)) { refuse() }
                    mstore(0, who)
                    mstore(0x20, 0)
                    mstore(0x20, keccak256(0, 0x40))
                    mstore(0, which)
                    mstore(0, keccak256(0, 0x40))
                    let next := keccak256(0, 0x20)
                    if iszero(gt(next, key)) { refuse() }
                    key := xor(key, next)
                    for {} shr(and(mload(top), 0x1ff), key) {} { top := sub(top, 0x20) }
                    key := next
                }
                // What the latest node that leads to the key says: the hash of the next, and its shift.
                let hash
                let shift := mload(top)
                {
                    let p := and(shr(32, shift), 0xffffffff)
                    let kind := shr(96, shift)
                    let e := and(shr(64, shift), 0xffffffff)
                    shift := and(shift, 0x1ff)
                    switch kind
                    case 0 {
                        shift := sub(shift, 4)
                        hash := calldataload(add(add(p, 1), mul(33, and(shr(shift, key), 15))))
                    }
                    case 1 {
                        shift := sub(shift, 4)
                        p := find(p, and(shr(shift, key), 15))
                        hash := calldataload(add(p, 1))
                        if xor(byte(0, calldataload(p)), 0xa0) {
                            if eq(byte(0, calldataload(p)), 0x80) { continue }
                            kind := 2
                            p := and(shr(32, mload(top)), 0xffffffff)
                            shift := add(shift, 4)
                        }
                    }
                    case 3 {
                        hash := mload(ROOT)
                        if eq(hash, EMPTY_ROOT) { continue }
                    }
                    if eq(kind, 2) {
                        mstore(NODE, node)
                        mstore(TOP, top)
                        hash, shift := embedded(p, e, shr(2, sub(256, shift)), key)
                        node := mload(NODE)
                        top := mload(TOP)
                        if eq(shift, ENDS) {
                            mstore(word, mload(VALUE))
                            continue
                        }
                    }
                }
                for {} 1 {} {
                    // The next node of the proof, which must be the one with this hash.
                    top := add(top, 0x20)
                    let start := calldataload(node)
                    if eq(shr(232, start), 0xf90211) {
                        calldatacopy(0, node, 532)
                        if xor(keccak256(0, 532), hash) { refuse() }
                        if iszero(trusting) {
                            let others := or(
                                or(
                                    or(
                                        or(xor(mload(3), HASH_CODE), xor(mload(36), HASH_CODE)),
                                        or(xor(mload(69), HASH_CODE), xor(mload(102), HASH_CODE))
                                    ),
                                    or(
                                        or(xor(mload(135), HASH_CODE), xor(mload(168), HASH_CODE)),
                                        or(xor(mload(201), HASH_CODE), xor(mload(234), HASH_CODE))
                                    )
                                ),
                                or(
                                    or(
                                        or(xor(mload(267), HASH_CODE), xor(mload(300), HASH_CODE)),
                                        or(xor(mload(333), HASH_CODE), xor(mload(366), HASH_CODE))
                                    ),
                                    or(
                                        or(xor(mload(399), HASH_CODE), xor(mload(432), HASH_CODE)),
                                        or(xor(mload(465), HASH_CODE), xor(mload(498), HASH_CODE))
                                    )
                                )
                            )
                            if or(or(shr(248, others), xor(byte(0, mload(531)), 0x80)), iszero(shift)) { refuse() }
                        }
                        mstore(top, or(shl(32, add(node, 3)), shift))
                        shift := sub(shift, 4)
                        hash := calldataload(add(add(node, 4), mul(33, and(shr(shift, key), 15))))
                        node := add(node, 532)
                        continue
                    }
                    let p
                    let length
                    switch byte(0, start)
                    case 0xf8 {
                        length := byte(1, start)
                        p := add(node, 2)
                        if iszero(trusting) { if lt(length, 56) { refuse() } }
                    }
                    case 0xf9 {
                        length := and(shr(232, start), 0xffff)
                        p := add(node, 3)
                        if iszero(trusting) { if lt(length, 256) { refuse() } }
                    }
                    default {
                        length := sub(byte(0, start), 0xc0)
                        p := add(node, 1)
                        if iszero(trusting) { if gt(length, 55) { refuse() } }
                    }
                    let list := sub(p, node)
                    {
                        let all := add(list, length)
                        if iszero(trusting) { if gt(sub(all, 32), 500) { refuse() } }
                        calldatacopy(0, node, all)
                        if xor(keccak256(0, all), hash) { refuse() }
                        node := add(node, all)
                    }
                    if gt(length, 80) {
                        // A branch, if need be with a look whether it names all by hashes.
                        let others := 0
                        if iszero(trusting) {
                            length := sub(add(list, length), 1)
                            list, others := four(list, others)
                            list, others := four(list, others)
                            list, others := four(list, others)
                            list, others := four(list, others)
                            others := or(or(and(others, 0xdf), xor(list, length)), or(xor(byte(0, mload(list)), 0x80), iszero(shift)))
                        }
                        if iszero(others) {
                            mstore(top, or(HASHES, or(shl(64, node), or(shl(32, p), shift))))
                            let at := find(p, and(shr(sub(shift, 4), key), 15))
                            let code := byte(0, calldataload(at))
                            if eq(code, 0xa0) {
                                shift := sub(shift, 4)
                                hash := calldataload(add(at, 1))
                                continue
                            }
                            if eq(code, 0x80) { break }
                        }
                    }
                    mstore(top, or(or(OTHER, shl(64, node)), or(shl(32, p), shift)))
                    // A leaf, if it has the head of one for this depth, and a value of more than a byte.
                    let isOdd := and(shift, 4)
                    if eq(
                        shr(add(240, isOdd), xor(calldataload(p), shl(240, add(0x8120, shl(8, shr(3, shift)))))),
                        shr(2, isOdd)
                    ) {
                        let at := add(add(p, 2), shr(3, shift))
                        let head := calldataload(at)
                        let digit := calldataload(add(at, 2))
                        length := sub(byte(0, head), 0x81)
                        let others := 0
                        if iszero(trusting) {
                            others := or(
                                or(xor(byte(1, head), add(0x80, length)), xor(add(add(at, 2), length), node)),
                                or(iszero(byte(0, digit)), and(eq(length, 1), lt(digit, EMPTY_CODE)))
                            )
                        }
                        if iszero(or(gt(sub(length, 1), 31), others)) {
                            let path := shl(isOdd, calldataload(sub(add(p, 2), shr(2, isOdd))))
                            shift := sub(256, shift)
                            if shr(shift, xor(path, shl(shift, key))) { break }
                            mstore(word, shr(sub(256, shl(3, length)), digit))
                            break
                        }
                    }
                    mstore(NODE, node)
                    mstore(TOP, top)
                    hash, shift := embedded(p, node, shr(2, sub(256, shift)), key)
                    node := mload(NODE)
                    top := mload(TOP)
                    if eq(shift, ENDS) {
                        mstore(word, mload(VALUE))
                        break
                    }
                }
            }
            if xor(node, mload(END)) { refuse() }
            return(ANSWER, add(0x40, shl(5, subnets.length)))
        }
    }

    /// @dev Whether a node's form is not looked at.
    function _trustsForms() internal pure virtual returns (bool);
}

/// @notice With all checks that `contracts/trie` makes.
contract AssemblyVerifier is AssemblyWalk {
    function _trustsForms() internal pure override returns (bool) {
        return false;
    }
}

/// @notice Takes the form of a node that has the right hash as it should be, as it is in whatever trie a chain has.
contract TrustingVerifier is AssemblyWalk {
    function _trustsForms() internal pure override returns (bool) {
        return true;
    }
}
