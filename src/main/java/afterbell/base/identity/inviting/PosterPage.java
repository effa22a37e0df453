package afterbell.base.identity.inviting;

import java.util.UUID;

public record PosterPage(UUID klass, String school, String className, String qr) {}
