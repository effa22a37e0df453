/** The evidence of one incident as a bundle that anybody can verify without this house: one PDF, the chain, the files. */
@NullMarked
@NamedInterface("evidence")
package afterbell.day.safety.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
