; L4. A subnet split in two never earns more than whole, however its work and its stake are divided: neither side gains,
; so neither does the smaller of them.
; Code: `reward` in calculator/maths/src/reward.rs.
(declare-const E Int) (declare-const C Int)
(declare-const w1 Int) (declare-const w2 Int) (declare-const W Int)
(declare-const s1 Int) (declare-const s2 Int) (declare-const S Int)
(assert (and (>= E 0) (>= C 0) (>= w1 0) (>= w2 0) (>= s1 0) (>= s2 0)))
(define-fun first () Int (payable E C w1 W s1 S))
(define-fun second () Int (payable E C w2 W s2 S))
(define-fun whole () Int (payable E C (+ w1 w2) W (+ s1 s2) S))

; True: of the usage side.
(push)
(assert (<= (+ w1 w2) W))
(assert (not (<= (+ (usage_reward E w1 W) (usage_reward E w2 W)) (usage_reward E (+ w1 w2) W))))
(set-info :status unsat)
(check-sat)
(pop)

; True: of the stake side.
(push)
(assert (<= (+ s1 s2) S))
(assert (not (<= (+ (stake_reward E C s1 S) (stake_reward E C s2 S)) (stake_reward E C (+ s1 s2) S))))
(set-info :status unsat)
(check-sat)
(pop)

; True: of the smaller of two sides, u and v, of which neither gains.
(push)
(declare-const u1 Int) (declare-const u2 Int) (declare-const u Int)
(declare-const v1 Int) (declare-const v2 Int) (declare-const v Int)
(assert (and (<= (+ u1 u2) u) (<= (+ v1 v2) v)))
(assert (not (<= (+ (least u1 v1) (least u2 v2)) (least u v))))
(set-info :status unsat)
(check-sat)
(pop)

; False: the parts earn what the whole does.
(push)
(assert (and (<= (+ w1 w2) W) (<= (+ s1 s2) S)))
(assert (not (= (+ first second) whole)))
(set-info :status sat)
(check-sat)
(pop)

; False: if shares were rounded up.
(push)
(assert (and (> W 0) (<= (+ w1 w2) W)))
(assert (not (<= (+ (- (div (- (* E w1)) W)) (- (div (- (* E w2)) W))) (- (div (- (* E (+ w1 w2))) W)))))
(set-info :status sat)
(check-sat)
(pop)

; False: if the larger side were paid.
(push)
(declare-const u1 Int) (declare-const u2 Int) (declare-const u Int)
(declare-const v1 Int) (declare-const v2 Int) (declare-const v Int)
(assert (and (<= (+ u1 u2) u) (<= (+ v1 v2) v)))
(assert (not (<= (+ (most u1 v1) (most u2 v2)) (most u v))))
(set-info :status sat)
(check-sat)
(pop)

; False: where the totals leave out what the parts did and staked.
(push)
(assert (not (<= (+ first second) whole)))
(set-info :status sat)
(check-sat)
(pop)
