@NullMarked
@NamedInterface("db")
package afterbell.base.shared.db;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
