package afterbell.money.billing;

import org.jspecify.annotations.Nullable;

/** How money comes in, and on which account it stands until the bank has it. */
public enum PayWay {
    CASH("cash", null),
    CARD("in-transit", "card"),
    BANK("bank", null),
    PLATFORM("in-transit", "platform"),
    WECHAT("in-transit", "wechat"),
    ALIPAY("in-transit", "alipay");

    private final String account;
    private final @Nullable String channel;

    PayWay(String account, @Nullable String channel) {
        this.account = account;
        this.channel = channel;
    }

    /** Code of the account plan. */
    public String account() {
        return account;
    }

    /** Channel of the posting; null where the account needs none. */
    public @Nullable String channel() {
        return channel;
    }

    /** Handed over at the school itself, where a numbered receipt is written. */
    public boolean counter() {
        return this == CASH || this == CARD;
    }

    /** Paid on the phone, through a channel that answers for itself. */
    public boolean online() {
        return this == WECHAT || this == ALIPAY;
    }
}
