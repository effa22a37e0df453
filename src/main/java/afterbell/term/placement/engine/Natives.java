package afterbell.term.placement.engine;

import com.google.ortools.Loader;
import com.google.ortools.init.OrToolsVersion;

/** The solver's native library, loaded when first asked for. An unusual machine may have none. */
final class Natives {
    private static final boolean PRESENT = load();

    private Natives() {}

    static boolean present() {
        return PRESENT;
    }

    static String version() {
        return "OR-Tools " + OrToolsVersion.getVersionString();
    }

    private static boolean load() {
        try {
            Loader.loadNativeLibraries();
            return true;
        } catch (RuntimeException | LinkageError noNatives) {
            return false;
        }
    }
}
