package afterbell.base.identity;

import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.web.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/** A token that nobody stores: the MAC of the session cookie, or before sign-in of a random cookie of its own. */
final class CsrfTokens implements CsrfTokenRepository {
    private static final String BEFORE_SIGN_IN = "ab_form";
    private final SecureRandom random = new SecureRandom();
    private final byte[] key;

    CsrfTokens(MasterKey master) {
        this.key = master.derive("csrf");
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        byte[] fresh = new byte[16];
        random.nextBytes(fresh);
        String basis = HexFormat.of().formatHex(fresh);
        request.setAttribute(BEFORE_SIGN_IN, basis);
        return token(basis);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token != null && request.getAttribute(BEFORE_SIGN_IN) instanceof String basis) Cookies.set(request, response, BEFORE_SIGN_IN, basis, Duration.ofDays(1));
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        String basis = Cookies.value(request, Sessions.COOKIE);
        if (basis.isEmpty()) basis = Cookies.value(request, BEFORE_SIGN_IN);
        return basis.isEmpty() ? null : token(basis);
    }

    private CsrfToken token(String basis) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String value = HexFormat.of().formatHex(mac.doFinal(basis.getBytes(StandardCharsets.UTF_8)));
            return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
