; L7. C(d) - C(d-1) = E(d) for every day; so the emissions of the days [a, b) add up to C(b-1) - C(a-1), whatever a and b.
; Code: `emission_of`, `emitted_by_end_of`, `emission_of_days` in calculator/maths/src/compute.rs.
(declare-const d Int) (declare-const a Int)

; True.
(push)
(assert (not (= (- (emitted_by_end_of d) (emitted_by_end_of (- d 1))) (emission_of d))))
(set-info :status unsat)
(check-sat)
(pop)

; True: no emission is negative, so C never falls.
(push)
(assert (not (>= (emission_of d) 0)))
(set-info :status unsat)
(check-sat)
(pop)

; True: one day more adds its emission, and the days of an empty range emit nothing.
(push)
(assert (<= (emitted_by_end_of (- a 1)) (emitted_by_end_of (- d 1)))) ; a <= d, and C never falls
(assert (not (= (emission_of_days a (+ d 1)) (+ (emission_of_days a d) (emission_of d)))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (not (= (emission_of_days d d) 0)))
(set-info :status unsat)
(check-sat)
(pop)

; False: a day's emission is that of the 12:00 interval that begins in it.
(push)
(assert (<= 19761 d 25593))
(assert (not (= (- (emitted_by_end_of d) (emitted_by_end_of (- d 1)))
  (- 3456000000000000000000 (* 592558728240000000 (- d 19761))))))
(set-info :status sat)
(check-sat)
(pop)

; False: the range includes its last day; a witness is enough.
(push)
(assert (= a d 20000))
(assert (not (= (emission_of_days a d) (- (emitted_by_end_of d) (emitted_by_end_of (- a 1))))))
(set-info :status sat)
(check-sat)
(pop)
