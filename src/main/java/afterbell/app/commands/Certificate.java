package afterbell.app.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * The node's own certificate and its key, as PEM files. Looked at before the start, because a server that fails on them says hardly why; while the server
 * runs, changed files are taken up without a restart.
 */
record Certificate(Path chain, Path key) {
    private static final String BUNDLE = "spring.ssl.bundle.pem.afterbell.";

    /** Null where none is set. */
    static @Nullable Certificate of(NodeOptions node) {
        @Nullable String chain = node.setting("tls.certificate");
        @Nullable String key = node.setting("tls.key");
        if (chain == null && key == null) return null;
        if (chain == null) throw new SettingsRefused("afterbell.tls.key is set, but afterbell.tls.certificate is not");
        if (key == null) throw new SettingsRefused("afterbell.tls.certificate is set, but afterbell.tls.key is not");
        return new Certificate(Path.of(chain).toAbsolutePath(), Path.of(key).toAbsolutePath());
    }

    void check(Clock clock) {
        for (Path file : List.of(chain, key)) if (!Files.isReadable(file)) throw new SettingsRefused("there is no file " + file + " that can be read");
        X509Certificate own = own();
        PrivateKey secret = secret();
        if (!belongs(own, secret)) throw new SettingsRefused("the key " + key + " does not belong to the certificate " + chain);
        if (own.getNotAfter().before(Date.from(clock.instant()))) throw new SettingsRefused("the certificate " + chain + " expired on " + own.getNotAfter().toInstant());
    }

    private X509Certificate own() {
        try {
            List<X509Certificate> all = PemContent.load(chain).getCertificates();
            if (!all.isEmpty()) return all.getFirst();
        } catch (Exception e) {
            throw new SettingsRefused(chain + " holds no certificate in PEM form");
        }
        throw new SettingsRefused(chain + " holds no certificate in PEM form");
    }

    private PrivateKey secret() {
        try {
            @Nullable PrivateKey found = PemContent.load(key).getPrivateKey();
            if (found != null) return found;
        } catch (Exception e) {
            throw new SettingsRefused(key + " holds no private key in PEM form (without a password)");
        }
        throw new SettingsRefused(key + " holds no private key in PEM form (without a password)");
    }

    private static boolean belongs(X509Certificate certificate, PrivateKey key) {
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            byte[] text = {1, 2, 3};
            Signature sign = Signature.getInstance(algorithm);
            sign.initSign(key);
            sign.update(text);
            byte[] signed = sign.sign();
            Signature verify = Signature.getInstance(algorithm);
            verify.initVerify(certificate.getPublicKey());
            verify.update(text);
            return verify.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    Map<String, Object> properties() {
        return Map.of(
                BUNDLE + "keystore.certificate", chain.toUri().toString(),
                BUNDLE + "keystore.private-key", key.toUri().toString(),
                BUNDLE + "reload-on-update", true,
                "spring.ssl.bundle.watch.file.quiet-period", "2s",
                "server.ssl.bundle", "afterbell",
                "server.http2.enabled", true);
    }
}
