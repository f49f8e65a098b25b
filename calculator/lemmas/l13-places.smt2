; L13. Every day has a place of its own in its word: no two days share both the number of the word and the place in it,
; of 4 days and of 256.
; Code: `UsageWord` in contracts/ledger/src/usage.rs, `VoidedWord` in contracts/ledger/src/voided.rs.
(declare-const d Int) (declare-const e Int)
(assert (and (>= d 0) (>= e 0) (distinct d e)))
(define-fun shared ((days Int)) Bool (and (= (div d days) (div e days)) (= (mod d days) (mod e days))))

; True.
(push)
(assert (or (shared 4) (shared 256)))
(set-info :status unsat)
(check-sat)
(pop)

; False: days of different words never share a place.
(push)
(assert (distinct (div d 4) (div e 4)))
(assert (= (mod d 4) (mod e 4)))
(set-info :status sat)
(check-sat)
(pop)
