package afterbell.base.shared.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Addresses of the built browser files, by the manifest that their build writes; the names carry a hash, so they may be cached for ever. */
@Component
final class Assets {
    private static final String FOLDER = "static/assets/";

    private final Map<String, String> byEntry = new ConcurrentHashMap<>();

    Assets(JsonMapper json) throws IOException {
        for (String name : new String[] {"manifest.json", ".vite/manifest.json"}) {
            ClassPathResource manifest = new ClassPathResource(FOLDER + name);
            if (!manifest.exists()) continue;
            try (InputStream in = manifest.getInputStream()) {
                JsonNode all = json.readTree(in);
                all.propertyStream().forEach(e -> {
                    String file = e.getValue().path("file").asString();
                    byEntry.put(e.getKey(), file);
                    byEntry.put(e.getKey().substring(e.getKey().lastIndexOf('/') + 1), file);
                });
            }
        }
    }

    String url(String entry) {
        return "/assets/" + byEntry.getOrDefault(entry, entry);
    }
}
