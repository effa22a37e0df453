package afterbell.base.shared.web;

/** Why this node doesn't answer over plain http. @param proxied where a proxy that is not listed stands between */
public record PlainHttpPage(boolean proxied) {}
