@ApplicationModule(id = "second", allowedDependencies = {})
@NullMarked
package planted.rooms.second;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
