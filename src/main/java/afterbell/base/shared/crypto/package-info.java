@NullMarked
@NamedInterface("crypto")
package afterbell.base.shared.crypto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
