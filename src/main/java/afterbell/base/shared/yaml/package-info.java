/**
 * Data files that people write and read: rule packs, holidays, tariffs, plans.
 *
 * <p>Every value knows its file and line, so that a refused file says where and what to do. Nothing is ever instantiated from a file.
 */
@NullMarked
@NamedInterface("yaml")
package afterbell.base.shared.yaml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
