package planted.rooms.first;

import planted.rooms.second.Host;

public record Guest(Host host) {}
