; L9. The division of 256 by 128 bits is exact: by induction over its 128 rounds. After each, the dividend's bits so far
; make quotient * D + rest, and the rest is below the divisor D.
; Code: `div_down` in calculator/maths/src/mul_div.rs; 340282366920938463463374607431768211456 is 2^128.
(define-fun width () Int 340282366920938463463374607431768211456)
(declare-const D Int) (declare-const rest Int) (declare-const bit Int)
(declare-const quotient Int) (declare-const prefix Int)
(assert (and (<= 0 rest) (< rest D width) (<= 0 bit 1) (>= quotient 0) (>= prefix 0)))
; One round: `rest << 1 | bit`, whose highest bit is the carry; then D is taken off, wrapping.
(define-fun shifted () Int (mod (+ (* 2 rest) bit) width))
(define-fun carry () Bool (>= (* 2 rest) width))
(define-fun rest_after ((taken Bool)) Int (ite taken (mod (- shifted D) width) shifted))
(define-fun quotient_after ((taken Bool)) Int (+ (* 2 quotient) (ite taken 1 0)))
(define-fun held_after ((taken Bool)) Bool
  (and (<= 0 (rest_after taken)) (< (rest_after taken) D)
    (= (+ (* 2 prefix) bit) (+ (* (quotient_after taken) D) (rest_after taken)))))

; True.
(push)
(assert (= prefix (+ (* quotient D) rest)))
(assert (not (held_after (or carry (>= shifted D)))))
(set-info :status unsat)
(check-sat)
(pop)

; True: it is refused exactly where the quotient is 2^128 or more: where the upper 128 bits are not below D.
(push)
(declare-const high Int) (declare-const low Int)
(assert (and (<= 0 high) (<= 0 low) (< low width)))
(assert (not (= (>= high D) (>= (div (+ (* high width) low) D) width))))
(set-info :status unsat)
(check-sat)
(pop)

; False: without the carry.
(push)
(assert (= prefix (+ (* quotient D) rest)))
(assert (not (held_after (>= shifted D))))
(set-info :status sat)
(check-sat)
(pop)

; False: if D were taken off only where the rest is above it.
(push)
(assert (= prefix (+ (* quotient D) rest)))
(assert (not (held_after (or carry (> shifted D)))))
(set-info :status sat)
(check-sat)
(pop)
