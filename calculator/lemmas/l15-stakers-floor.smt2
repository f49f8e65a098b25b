; L15. A staker is never paid more than its exact part of the pots, and at most 1 wei less for each claim; all stakers of
; a subnet together never more than its pots.
; Code: `increment` and `Accrual` in calculator/maths/src/accumulator.rs, `Position` in distribution/src/accrual.rs.
; s of S are the stake-seconds of one day, `pot` its pot. The exact part of it, in 2^-128 wei, is pot * 2^128 * s / S.
(define-fun unit () Int 340282366920938463463374607431768211456) ; 2^128
(declare-const pot Int) (declare-const s Int) (declare-const S Int)
(assert (and (>= pot 0) (<= 0 s S) (> S 0)))

; True: a day accrues at most the exact part, and less by no more than s: 2^-24 wei, for s is below 2^104.
(push)
(assert (not (<= 0 (- (* pot unit s) (* (increment pot S) s S)) (* s S))))
(set-info :status unsat)
(check-sat)
(pop)

; Claims of `days` days: by induction what is lost until the floor is at most days * 2^104, in 2^-128 wei.
(declare-const days Int) (declare-const accrual Int)
(declare-const exact Real) (declare-const of_day Real) (declare-const grown Int)
(define-fun lost_at_most ((days Int) (exact Real) (accrual Int)) Bool
  (<= 0.0 (- exact (to_real accrual)) (to_real (* days 20282409603651670423947251286016))))
(push)
(assert (and (>= days 0) (>= accrual 0) (>= grown 0) (lost_at_most days exact accrual)))
(assert (<= 0.0 (- of_day (to_real grown)) 20282409603651670423947251286016.0))
(assert (not (lost_at_most (+ days 1) (+ exact of_day) (+ accrual grown))))
(set-info :status unsat)
(check-sat)
(pop)

; True: with the floor, a claim of up to 2^16 days, all that there are, pays at most the exact amount, and whole wei of
; it but for one.
(push)
(assert (and (<= 0 days 65536) (>= accrual 0) (lost_at_most days exact accrual)))
(declare-const whole Int) ; the whole wei of the exact amount
(assert (and (<= (to_real (* whole unit)) exact) (< exact (to_real (* (+ whole 1) unit)))))
(assert (not (<= (- whole 1) (to_wei_down accrual) whole)))
(set-info :status unsat)
(check-sat)
(pop)

; True: of one day, all stakers together accrue at most its pot: by induction over them, `held` being the stake-seconds
; of those before, `accrued` what they accrued.
(push)
(declare-const held Int) (declare-const accrued Int)
(assert (and (>= held 0) (<= (+ held s) S) (= accrued (* (increment pot S) held))))
(assert (not (and (= (+ accrued (* (increment pot S) s)) (* (increment pot S) (+ held s)))
                  (<= (* (increment pot S) (+ held s)) (* pot unit)))))
(set-info :status unsat)
(check-sat)
(pop)

; True: two claims pay at most what one would, and at most 1 wei less.
(push)
(declare-const other Int)
(assert (and (>= accrual 0) (>= other 0)))
(assert (not (<= (- (to_wei_down (+ accrual other)) 1) (+ (to_wei_down accrual) (to_wei_down other))
                 (to_wei_down (+ accrual other)))))
(set-info :status unsat)
(check-sat)
(pop)

; True: a balance held over whole days earns by the sum of their increments what it earns day by day.
(push)
(declare-const balance Int) (declare-const growth Int) (declare-const one_more Int)
(assert (not (= (* (+ growth one_more) (* balance 86400)) (+ (* growth balance 86400) (* one_more balance 86400)))))
(set-info :status unsat)
(check-sat)
(pop)

; False: a claim never misses a wei.
(push)
(assert (and (<= 0 days 65536) (>= accrual 0) (lost_at_most days exact accrual)))
(declare-const whole Int)
(assert (and (<= (to_real (* whole unit)) exact) (< exact (to_real (* (+ whole 1) unit)))))
(assert (not (= (to_wei_down accrual) whole)))
(set-info :status sat)
(check-sat)
(pop)

; False: two claims pay what one would.
(push)
(declare-const other Int)
(assert (and (>= accrual 0) (>= other 0)))
(assert (not (= (+ (to_wei_down accrual) (to_wei_down other)) (to_wei_down (+ accrual other)))))
(set-info :status sat)
(check-sat)
(pop)

; False: if increments were rounded up, all stakers together could accrue more than the pot.
(push)
(assert (not (<= (* (+ (increment pot S) 1) S) (* pot unit))))
(set-info :status sat)
(check-sat)
(pop)
