; L16. The stakers' part of a reward is its exact part rounded down, the operator's is the rest, neither is negative, and
; a lower fee never lowers the stakers' part.
; Code: `split` in calculator/maths/src/split.rs; 10000000000000000000000000, 1e25, is a fee of 100 %.
(define-fun all () Int 10000000000000000000000000)
(declare-const reward Int) (declare-const fee Int) (declare-const lower Int)
(declare-const n Int)
(assert (and (>= reward 0) (>= n 0) (<= 0 lower fee)))

; True.
(push)
(assert (<= fee all))
(assert (not (= (<= (* n all) (* reward (- all fee))) (<= n (stakers_part reward fee)))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (not (and (<= 0 (stakers_part reward fee) reward) (<= 0 (operator_part reward fee))
                  (= reward (+ (stakers_part reward fee) (operator_part reward fee))))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (not (<= (stakers_part reward fee) (stakers_part reward lower))))
(set-info :status unsat)
(check-sat)
(pop)

; False: the operator's part is its exact part rounded down.
(push)
(assert (<= fee all))
(assert (not (= (operator_part reward fee) (div (* reward fee) all))))
(set-info :status sat)
(check-sat)
(pop)

; False: a lower fee always raises the stakers' part.
(push)
(assert (and (< lower fee) (<= fee all) (> reward 0)))
(assert (not (< (stakers_part reward fee) (stakers_part reward lower))))
(set-info :status sat)
(check-sat)
(pop)
