package afterbell.base.identity.signin;

public record LinkPage(String href, boolean works) {}
