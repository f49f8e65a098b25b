; L14. An honest calculator never meets the clamp: what a subnet is owed for a day is at most what its stake can earn on
; it, and all credits together, for any subnets, days and order, are at most the emission since the first day.
; Code: `credit_of` in distribution/src/settle.rs, `credit_bound` in calculator/maths/src/stake.rs.
(declare-const E Int) (declare-const C Int)
(declare-const w Int) (declare-const W Int)
(declare-const s Int) (declare-const S Int)
(assert (and (<= 0 E C) (<= 0 w W) (<= 0 s S))) ; E(d) <= C(d) by L7

; True: of one day.
(push)
(assert (not (<= (payable E C w W s S) (credit_bound E C s))))
(set-info :status unsat)
(check-sat)
(pop)

; The days [first, today) are credited in any order, each with at most its emission (L3). By induction over the days, all
; credits of the days before `day` are at most the emission of [first, day).
(declare-const first Int) (declare-const day Int)
(declare-const credits Int) (declare-const of_day Int)
(define-fun emission_before ((day Int)) Int (- (emitted_by_end_of (- day 1)) (emitted_by_end_of (- first 1))))

; True: nothing is credited for no day; and for one day more at most its emission.
(push)
(assert (not (= 0 (emission_before first))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (and (<= credits (emission_before day)) (<= of_day (emission_of day))))
(assert (not (<= (+ credits of_day) (emission_before (+ day 1)))))
(set-info :status unsat)
(check-sat)
(pop)

; True: so whatever is credited already, what an honest calculator asks is within what is left.
(push)
(declare-const credited Int) (declare-const asked Int) (declare-const so_far Int)
(assert (and (>= credited 0) (>= asked 0) (<= (+ credited asked) so_far)))
(assert (not (<= asked (most 0 (- so_far credited)))))
(set-info :status unsat)
(check-sat)
(pop)

; False: of one day, where a day's emission were more than all so far.
(push)
(declare-const little Int)
(assert (and (>= little 0) (< little E)))
(assert (not (<= (payable E little w W s S) (credit_bound E little s))))
(set-info :status sat)
(check-sat)
(pop)

; False: a subnet is never owed as much as its stake can earn.
(push)
(assert (> E 0))
(assert (not (< (payable E C w W s S) (credit_bound E C s))))
(set-info :status sat)
(check-sat)
(pop)

; False: of all days, if the emission were counted from the end of the first day.
(push)
(assert (<= of_day (emission_of first)))
(assert (not (<= of_day (- (emitted_by_end_of first) (emitted_by_end_of first)))))
(set-info :status sat)
(check-sat)
(pop)
