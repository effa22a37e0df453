@NullMarked
@NamedInterface("web")
package afterbell.base.shared.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
