package planted.rooms.second;

public record Host(String name) {}
