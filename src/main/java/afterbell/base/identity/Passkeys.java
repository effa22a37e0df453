package afterbell.base.identity;

import afterbell.base.identity.Pending.Step;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.PublicAddress;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Passkeys (WebAuthn Level 2): registered under the account's own scope, and proved before anybody is known. Whoever holds one has shown device and
 * finger, face or PIN, which is why such a session needs no second factor. The challenge travels sealed in a cookie of the browser that asked.
 */
@Component
public class Passkeys {
    public static final int MOST = 10;
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final List<PublicKeyCredentialParameters> KINDS = List.of(
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.EdDSA),
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));

    private final SecureRandom random = new SecureRandom();
    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Pending pending;
    private final PublicAddress address;

    Passkeys(JdbcClient sql, TransactionTemplate transactions, Clock clock, Pending pending, PublicAddress address) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.pending = pending;
        this.address = address;
    }

    /** @param id as it stands in addresses */
    public record Passkey(String id, String label, Instant madeAt, @Nullable Instant usedAt) {}

    /** The passkeys of an account, youngest first. Inside a transaction of its scope. */
    public List<Passkey> of(UUID account) {
        return sql.sql("select credential_id, label, created_at, used_at from identity.passkey where account_id = :a order by created_at desc, credential_id")
                .param("a", account)
                .query((r, n) -> new Passkey(letters(r.getBytes(1)), r.getString(2), r.getTimestamp(3).toInstant(), Optional.ofNullable(r.getTimestamp(4)).map(Timestamp::toInstant).orElse(null)))
                .list();
    }

    /** Whether passkeys can work under the address of this request at all: they belong to a name, never to a number. */
    public boolean offered(HttpServletRequest request) {
        return origin(request).isPresent();
    }

    // Outside this machine only the address that is set counts: whoever writes a Host header must not choose for whom a key is made.
    private Optional<URI> origin(HttpServletRequest request) {
        if (address.known()) return Optional.of(address.of("/")).filter(a -> !numeric(a.getHost()) && "https".equals(a.getScheme()));
        if (!"localhost".equals(request.getServerName())) return Optional.empty();
        return Optional.of(URI.create(request.getScheme() + "://localhost:" + request.getServerPort() + "/"));
    }

    private static boolean numeric(String host) {
        return host.matches("[0-9.]+|\\[.*");
    }

    /** What the browser needs to make a key for the account; the challenge is kept for {@link #register}. */
    public Map<String, Object> creation(HttpServletRequest request, HttpServletResponse response, UUID account, String login, String name) {
        List<Map<String, Object>> known = in(Scope.account(account), () -> of(account)).stream().map(k -> Map.<String, Object>of("type", "public-key", "id", k.id())).toList();
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("challenge", challenge(request, response, account.toString()));
        options.put("rp", Map.of("id", host(request), "name", "Afterbell"));
        options.put("user", Map.of("id", letters(bytes(account)), "name", login, "displayName", name));
        options.put("pubKeyCredParams", KINDS.stream().map(k -> Map.of("type", "public-key", "alg", k.getAlg().getValue())).toList());
        options.put("authenticatorSelection", Map.of("residentKey", "required", "requireResidentKey", true, "userVerification", "required"));
        options.put("excludeCredentials", known);
        options.put("attestation", "none");
        options.put("timeout", STEP.toMillis());
        return options;
    }

    /** What the browser needs to prove any key it has for this house. */
    public Map<String, Object> request(HttpServletRequest request, HttpServletResponse response) {
        return Map.of("challenge", challenge(request, response, ""), "rpId", host(request), "userVerification", "required", "allowCredentials", List.of(), "timeout", STEP.toMillis());
    }

    private String challenge(HttpServletRequest request, HttpServletResponse response, String whose) {
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        pending.put(request, response, Step.PASSKEY, STEP, letters(fresh), whose);
        return letters(fresh);
    }

    private String host(HttpServletRequest request) {
        return origin(request).orElseThrow().getHost();
    }

    /** Keeps a key that the browser made. Empty where it can't be believed, or the account has as many as it may. */
    public Optional<String> register(HttpServletRequest request, HttpServletResponse response, UUID account, String credential, String label) {
        Optional<ServerProperty> server = server(request, response, account.toString());
        if (server.isEmpty()) return Optional.empty();
        try {
            RegistrationData made = manager.verify(manager.parseRegistrationResponseJSON(credential), new RegistrationParameters(server.get(), KINDS, true, true));
            AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data = Objects.requireNonNull(made.getAttestationObject()).getAuthenticatorData();
            return in(Scope.account(account), () -> put(account, data, made.getTransports(), label));
        } catch (DataConversionException | VerificationException e) {
            return Optional.empty();
        }
    }

    private Optional<String> put(UUID account, AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data, @Nullable Set<AuthenticatorTransport> transports, String label) {
        sql.sql("select 1 from identity.credential where account_id = :a for update").param("a", account).query(Integer.class).single();
        if (Objects.requireNonNull(sql.sql("select count(*) from identity.passkey where account_id = :a").param("a", account).query(Integer.class).single()) >= MOST) return Optional.empty();
        AttestedCredentialData key = Objects.requireNonNull(data.getAttestedCredentialData());
        int put = sql.sql("""
                insert into identity.passkey (credential_id, account_id, public_key, sign_count, label, transports, backup_eligible, backup_state, created_at)
                values (:id, :a, :key, :count, :label, :transports, :eligible, :state, :now)
                on conflict (credential_id) do nothing
                """)
                .param("id", key.getCredentialId())
                .param("a", account)
                .param("key", converter.getCborConverter().writeValueAsBytes(key.getCOSEKey()))
                .param("count", data.getSignCount())
                .param("label", label)
                .param("transports", transports == null ? "" : transports.stream().map(AuthenticatorTransport::getValue).sorted().collect(Collectors.joining(" ")))
                .param("eligible", data.isFlagBE())
                .param("state", data.isFlagBS())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return put == 1 ? Optional.of(letters(key.getCredentialId())) : Optional.empty();
    }

    private record Known(UUID account, byte[] key, long count, boolean eligible, boolean state) {}

    /** Whose key has signed the challenge of this browser; empty where none did. */
    public Optional<UUID> prove(HttpServletRequest request, HttpServletResponse response, String credential) {
        Optional<ServerProperty> server = server(request, response, "");
        if (server.isEmpty()) return Optional.empty();
        try {
            AuthenticationData shown = manager.parseAuthenticationResponseJSON(credential);
            byte[] id = shown.getCredentialId();
            Optional<Known> known = in(Scope.DOOR, () -> sql.sql("select account_id, public_key, sign_count, backup_eligible, backup_state from identity.door_passkey(:id)")
                    .param("id", id)
                    .query((r, n) -> new Known(r.getObject(1, UUID.class), r.getBytes(2), r.getLong(3), r.getBoolean(4), r.getBoolean(5)))
                    .optional());
            if (known.isEmpty() || shown.getUserHandle() != null && !ByteBuffer.wrap(shown.getUserHandle()).equals(ByteBuffer.wrap(bytes(known.get().account())))) return Optional.empty();
            manager.verify(shown, new AuthenticationParameters(server.get(), record(id, known.get()), null, true, true));
            var data = Objects.requireNonNull(shown.getAuthenticatorData());
            in(Scope.DOOR, () -> sql.sql("select identity.door_passkey_used(:id, :count, :state, :now)")
                    .param("id", id)
                    .param("count", data.getSignCount())
                    .param("state", data.isFlagBS())
                    .param("now", Timestamp.from(clock.instant()))
                    .query((r, n) -> true)
                    .list());
            return Optional.of(known.get().account());
        } catch (DataConversionException | VerificationException e) {
            return Optional.empty();
        }
    }

    private CredentialRecordImpl record(byte[] id, Known known) {
        COSEKey key = Objects.requireNonNull(converter.getCborConverter().readValue(known.key(), COSEKey.class));
        return new CredentialRecordImpl(
                new NoneAttestationStatement(), true, known.eligible(), known.state(), known.count(), new AttestedCredentialData(AAGUID.ZERO, id, key), null, null, null, null);
    }

    // The challenge counts for one try: its cookie goes with it.
    private Optional<ServerProperty> server(HttpServletRequest request, HttpServletResponse response, String whose) {
        Optional<URI> origin = origin(request);
        Optional<String> challenge = pending.get(request, Step.PASSKEY).filter(p -> p.get(1).equals(whose)).map(p -> p.get(0));
        pending.clear(request, response, Step.PASSKEY);
        if (origin.isEmpty() || challenge.isEmpty()) return Optional.empty();
        URI at = origin.get();
        String spelled = at.getScheme() + "://" + at.getHost() + (at.getPort() < 0 ? "" : ":" + at.getPort());
        return Optional.of(ServerProperty.builder().origin(new Origin(spelled)).rpId(at.getHost()).challenge(new DefaultChallenge(Base64.getUrlDecoder().decode(challenge.get()))).build());
    }

    /** Takes a key back. Inside a transaction of the account's scope. */
    public boolean remove(UUID account, String id) {
        try {
            return sql.sql("delete from identity.passkey where account_id = :a and credential_id = :id").param("a", account).param("id", Base64.getUrlDecoder().decode(id)).update() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array();
    }

    private static String letters(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private <T> T in(Scope scope, java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(scope, () -> transactions.execute(t -> work.get())));
    }
}
