package afterbell.base.shared.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** Reads and sets cookies with the attributes that all of ours have: this host only, not for scripts, not across sites, secure where the page is. */
public final class Cookies {
    private Cookies() {}

    /** The value, or the empty text. */
    public static String value(HttpServletRequest request, String name) {
        Cookie[] all = request.getCookies();
        if (all == null) return "";
        for (Cookie c : all) if (c.getName().equals(name)) return c.getValue();
        return "";
    }

    public static void set(HttpServletRequest request, HttpServletResponse response, String name, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/")
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    public static void clear(HttpServletRequest request, HttpServletResponse response, String name) {
        set(request, response, name, "", Duration.ZERO);
    }
}
