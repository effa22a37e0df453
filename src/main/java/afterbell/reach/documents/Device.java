package afterbell.reach.documents;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kind of device and browser, in two words at most; never a version or anything that tells one device from another. */
public final class Device {
    private Device() {}

    /** @param userAgent as the browser sends it, or empty */
    public static String of(String userAgent) {
        String machine = userAgent.contains("iPhone") ? "iPhone" : userAgent.contains("iPad") ? "iPad" : userAgent.contains("HarmonyOS") ? "HarmonyOS" : userAgent.contains("Android") ? "Android" : userAgent.contains("Windows") ? "Windows" : userAgent.contains("Mac OS") ? "Mac" : userAgent.contains("Linux") ? "Linux" : "";
        String browser = userAgent.contains("MicroMessenger") ? "WeChat" : userAgent.contains("DingTalk") ? "DingTalk" : userAgent.contains("Firefox") ? "Firefox" : userAgent.contains("Edg/") ? "Edge" : userAgent.contains("Chrome") ? "Chrome" : userAgent.contains("Safari") ? "Safari" : "";
        return Stream.of(machine, browser).filter(w -> !w.isEmpty()).collect(Collectors.joining(" "));
    }
}
