; L18. A day counts for a subnet only if something was at stake on it, and at some second at least the minimum; the
; minimum held all day is enough; and what is staked after a day adds nothing to it.
; Code: `eligible_on` in contracts/stake-alignment/src/ledger.rs, `required_stake_seconds` in contracts/ledger/src/minimum.rs.
(define-fun eligible ((stake Int) (minimum Int)) Bool (>= stake (required_stake_seconds minimum)))
(declare-const minimum Int) (declare-const balance Int)
(declare-const seconds Int) (declare-const more Int) (declare-const so_far Int)
(assert (and (>= minimum 0) (>= balance 0) (>= so_far 0) (>= seconds 0) (>= more 0) (<= (+ seconds more) 86400)))

; True: without a stake it does not count, whatever the minimum.
(push)
(assert (eligible 0 minimum))
(set-info :status unsat)
(check-sat)
(pop)

; True: if never as much as the minimum, or nothing, was staked, it does not count: by induction over spans of one
; balance, of `seconds` that were and `more` that follow.
(push)
(assert (and (<= so_far (* (- (most 1 minimum) 1) seconds)) (< balance (most 1 minimum))))
(assert (not (<= (+ so_far (* balance more)) (* (- (most 1 minimum) 1) (+ seconds more)))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (<= so_far (* (- (most 1 minimum) 1) 86400)))
(assert (eligible so_far minimum))
(set-info :status unsat)
(check-sat)
(pop)

; True: if always as much was staked, it counts: by induction as above.
(push)
(assert (and (>= so_far (* (most 1 minimum) seconds)) (>= balance (most 1 minimum))))
(assert (not (>= (+ so_far (* balance more)) (* (most 1 minimum) (+ seconds more)))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (>= so_far (* (most 1 minimum) 86400)))
(assert (not (eligible so_far minimum)))
(set-info :status unsat)
(check-sat)
(pop)

; True: a stake adds to a day the seconds of it that are left, and to a day that is over none.
(push)
(declare-const day Int) (declare-const now Int)
(assert (and (>= day 0) (>= now 0)))
(define-fun counted () Int (seconds_of day now (* 86400 (+ day 1))))
(assert (not (and (=> (>= now (* 86400 (+ day 1))) (= counted 0))
                  (=> (= day (div now 86400)) (= counted (- 86400 (mod now 86400)))))))
(set-info :status unsat)
(check-sat)
(pop)

; False: without the 1, where the minimum is 0.
(push)
(assert (>= 0 (* minimum 86400)))
(set-info :status sat)
(check-sat)
(pop)

; False: the minimum for all seconds but one is enough.
(push)
(assert (> minimum 0))
(assert (not (eligible (* minimum 86399) minimum)))
(set-info :status sat)
(check-sat)
(pop)

; False: a day counts only if it had the minimum at every second.
(push)
(assert (and (< balance minimum) (= (+ seconds more) 86400) (> more 0)))
(assert (eligible (+ so_far (* balance more)) minimum))
(set-info :status sat)
(check-sat)
(pop)

; False: what is staked in the last second of a day does not count.
(push)
(declare-const day Int)
(assert (>= day 0))
(assert (not (= 0 (seconds_of day (- (* 86400 (+ day 1)) 1) (* 86400 (+ day 1))))))
(set-info :status sat)
(check-sat)
(pop)
