; L8. E(d) is what Morpheus' rule pays in the UTC day: the second half of the interval that began at noon of the day
; before, and the first half of the one that begins at noon, each rounded down by itself.
; Code: `emission_of` in calculator/maths/src/compute.rs, `part_of` and `rate` in calculator/maths/src/emission.rs.
(declare-const d Int)
; What interval n pays in full, and what `seconds` of it pay; nothing before the first, n = 0.
(define-fun rate ((n Int)) Int (ite (< n 0) 0 (most 0 (- 3456000000000000000000 (* n 592558728240000000)))))
(define-fun part_of ((n Int) (seconds Int)) Int (div (* (rate n) seconds) 86400))
(define-fun halves () Int (+ (part_of (- d 19762) 43200) (part_of (- d 19761) 43200)))

; True.
(push)
(assert (not (= (emission_of d) halves)))
(set-info :status unsat)
(check-sat)
(pop)

; False: both halves are of the interval that begins in the day.
(push)
(assert (not (= (emission_of d) (* 2 (part_of (- d 19761) 43200)))))
(set-info :status sat)
(check-sat)
(pop)

; False: a window that begins elsewhere than at half an interval is exact too.
(push)
(assert (<= 19762 d 25592))
(assert (not (= (emission_of d) (+ (part_of (- d 19762) 43201) (part_of (- d 19761) 43199)))))
(set-info :status sat)
(check-sat)
(pop)
