package afterbell.base.shared.db;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the data stands. Without {@code url} the embedded server of {@code data} is used.
 *
 * @param data the data folder
 * @param url JDBC address of an external PostgreSQL 18, with roles prepared as the README says
 * @param migrationUser signs in to migrate; must be a member of afterbell_owner
 * @param pool connections, 1-64
 */
@ConfigurationProperties("afterbell.database")
public record DatabaseSettings(
        @DefaultValue("data") String data,
        @Nullable String url,
        @DefaultValue("afterbell_app") String user,
        @Nullable String password,
        @DefaultValue("afterbell_owner") String migrationUser,
        @Nullable String migrationPassword,
        @DefaultValue("12") int pool) {}
