@NullMarked
@NamedInterface("access")
package afterbell.base.shared.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
