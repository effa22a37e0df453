package afterbell.money.billing.orders;

import afterbell.money.billing.Receipts;

/** A numbered receipt on paper. */
public record ReceiptPage(Receipts.Receipt receipt, String child, String className) {}
