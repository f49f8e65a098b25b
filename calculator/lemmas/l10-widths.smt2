; L10. Nothing overflows: a product is below the product of its factors' bounds, a sum of n terms below n times their
; bound, and what a day adds to the accumulator is at most 2^128 * E / (C * 86400), whatever the stake.
; Code: the table of products in docs/properties.md, `increment` in calculator/maths/src/accumulator.rs.
(declare-const a Int) (declare-const A Int)
(declare-const b Int) (declare-const B Int)
(declare-const sum Int) (declare-const terms Int)
(assert (and (<= 0 a) (< a A) (<= 0 b) (< b B) (>= terms 0)))

; True: a product.
(push)
(assert (not (< (* a b) (* A B))))
(set-info :status unsat)
(check-sat)
(pop)

; True: a sum, by induction over its terms.
(push)
(assert (<= sum (* terms A)))
(assert (not (< (+ sum a) (* (+ terms 1) A))))
(set-info :status unsat)
(check-sat)
(pop)

; True: the increment of any part of what a day can be credited with: by what the credit is held to, by what the division
; gives, `grown`, and by both, `emitted_seconds` being C * 86400.
(declare-const E Int) (declare-const C Int) (declare-const s Int) (declare-const pot Int)
(assert (and (>= E 0) (> C 0) (>= s 0) (>= pot 0)))
(push)
(assert (<= pot (credit_bound E C s)))
(assert (not (<= (* pot C 86400) (* E s))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(assert (> s 0))
(assert (not (<= (* (increment pot s) s) (* 340282366920938463463374607431768211456 pot))))
(set-info :status unsat)
(check-sat)
(pop)
(push)
(declare-const grown Int) (declare-const emitted_seconds Int)
(assert (and (> s 0) (> emitted_seconds 0) (<= (* pot emitted_seconds) (* E s))
             (<= (* grown s) (* 340282366920938463463374607431768211456 pot))))
(assert (not (<= (* grown emitted_seconds) (* 340282366920938463463374607431768211456 E))))
(set-info :status unsat)
(check-sat)
(pop)

; False: of any part of the emission, which a small stake could not hold.
(push)
(assert (<= pot E))
(assert (not (<= (* (increment pot s) C 86400) (* 340282366920938463463374607431768211456 E))))
(set-info :status sat)
(check-sat)
(pop)

; False: a product is below one less.
(push)
(assert (and (> A 1) (> B 1)))
(assert (not (< (* a b) (* (- A 1) (- B 1)))))
(set-info :status sat)
(check-sat)
(pop)
