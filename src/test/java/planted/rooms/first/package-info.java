@ApplicationModule(id = "first", allowedDependencies = {})
@NullMarked
package planted.rooms.first;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
