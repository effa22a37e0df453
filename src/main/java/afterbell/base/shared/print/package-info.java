/**
 * Printed things: A4 pages as PDF with correct Chinese, and QR pictures. A page is an XHTML template over {@code layout/paper}; nothing from outside is
 * ever loaded into it.
 *
 * <p>Words: paper, typeface, fallback, QR. Invariants: a character that the text face lacks is set in the second face; a character that both lack
 * shows as a geta mark and is counted, never dropped in silence.
 */
@NullMarked
@NamedInterface("print")
package afterbell.base.shared.print;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
