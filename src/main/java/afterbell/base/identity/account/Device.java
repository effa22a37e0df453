package afterbell.base.identity.account;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A browser in the two words that tell a person's own devices apart; what it doesn't know it calls so.
 *
 * @param app key of the browser: {@code identity.device.APP}
 * @param system key of the machine: {@code identity.device.SYSTEM}
 */
public record Device(String app, String system) {
    // The first that fits: chat apps and re-made browsers also call themselves what they are made of.
    private static final List<Map.Entry<String, String>> APPS = List.of(
            Map.entry("wxwork", "wecom"),
            Map.entry("micromessenger", "wechat"),
            Map.entry("dingtalk", "dingtalk"),
            Map.entry("qq/", "qq"),
            Map.entry("huaweibrowser", "huawei"),
            Map.entry("miuibrowser", "xiaomi"),
            Map.entry("ucbrowser", "uc"),
            Map.entry("edg", "edge"),
            Map.entry("firefox", "firefox"),
            Map.entry("chrom", "chrome"),
            Map.entry("safari", "safari"));
    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("harmonyos", "harmony"),
            Map.entry("openharmony", "harmony"),
            Map.entry("iphone", "iphone"),
            Map.entry("ipad", "ipad"),
            Map.entry("android", "android"),
            Map.entry("windows", "windows"),
            Map.entry("mac os", "mac"),
            Map.entry("linux", "linux"));

    static Device of(String agent) {
        String small = agent.toLowerCase(Locale.ROOT);
        return new Device(first(APPS, small, "browser"), first(SYSTEMS, small, "unknown"));
    }

    private static String first(List<Map.Entry<String, String>> signs, String agent, String none) {
        return signs.stream().filter(s -> agent.contains(s.getKey())).map(Map.Entry::getValue).findFirst().orElse(none);
    }

    public boolean hand() {
        return List.of("harmony", "iphone", "ipad", "android").contains(system);
    }
}
