package planted.rooms;

import org.springframework.modulith.Modulithic;

/** Two rooms; the first uses the second without saying so. */
@Modulithic
public final class Rooms {}
