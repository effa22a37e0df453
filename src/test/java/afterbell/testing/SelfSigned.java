package afterbell.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that nobody but its maker vouches for, made by the JDK's own tool, as the two PEM files that a school gives to the server.
 *
 * @param certificate chain
 * @param key private key, PKCS 8
 */
public record SelfSigned(Path certificate, Path key) {
    private static final char[] PASSWORD = "only-for-tests".toCharArray();

    public static SelfSigned of(String host) {
        try {
            Path folder = Files.createTempDirectory("afterbell-certificate-");
            Path store = folder.resolve("store.p12");
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "it", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + host, "-ext",
                    "san=dns:" + host, "-validity", "3650", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", new String(PASSWORD));
            Process made = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (made.waitFor() != 0) throw new IllegalStateException("keytool ended with " + made.exitValue());
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            return new SelfSigned(
                    pem(folder.resolve("certificate.pem"), "CERTIFICATE", keys.getCertificate("it").getEncoded()),
                    pem(folder.resolve("key.pem"), "PRIVATE KEY", keys.getKey("it", PASSWORD).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what + "-----\n");
    }
}
