; L1. A reward is the smaller of the two exact sides, rounded down once: the greatest whole number that neither side,
; E * w / W nor E * s / max(C * 86400, S), is below.
; Code: `reward` in calculator/maths/src/reward.rs.
(declare-const E Int) (declare-const C Int)
(declare-const w Int) (declare-const W Int)
(declare-const s Int) (declare-const S Int)
(declare-const n Int)
(assert (and (>= E 0) (>= C 0) (<= 0 w W) (<= 0 s S) (>= n 0) (> W 0) (> (stake_denominator C S) 0)))
(define-fun within_both_sides () Bool
  (and (<= (* n W) (* E w)) (<= (* n (stake_denominator C S)) (* E s))))

; True.
(push)
(assert (not (= within_both_sides (<= n (payable E C w W s S)))))
(set-info :status unsat)
(check-sat)
(pop)

; False: one wei less would do.
(push)
(assert (not (= within_both_sides (< n (payable E C w W s S)))))
(set-info :status sat)
(check-sat)
(pop)

; False: rounded up, where a side is not a whole number.
(push)
(assert (not (= within_both_sides (<= n (least (- (div (- (* E w)) W)) (- (div (- (* E s)) (stake_denominator C S))))))))
(set-info :status sat)
(check-sat)
(pop)
