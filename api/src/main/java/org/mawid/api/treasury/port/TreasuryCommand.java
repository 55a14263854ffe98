package org.mawid.api.treasury.port;

import java.util.List;

/**
 * What the adapter tells the core. Each is idempotent by {@link #requestId()}: its content and nothing else, so that it holds only what is the same
 * whenever it is told again.
 */
public sealed interface TreasuryCommand {
    /** Made of all that it says. */
    RequestId requestId();

    /** Why an online payment did not happen. */
    enum Failure { DECLINED, CANCELLED, EXPIRED }

    /** What the adapter could not find out by itself. */
    enum Doubt { NO_ANSWER, AMOUNT_DIFFERS, CURRENCY_DIFFERS, CONTRADICTED }

    /** What a settlement is of. A RETURN is money that went back after it was settled, a REFUND what the ledger has no such number for. */
    enum Subject { PAYMENT, BATCH, REFUND, RETURN }

    /**
     * The treasury has the money.
     *
     * @param payment       the core's number
     * @param order         the treasury's name for its order; another one is another charge
     * @param authorisation what the treasury calls the approval, may be empty; up to 35 characters, never a card number
     * @param paidAtMs      when, by the treasury; 0 = not told
     */
    record RecordApproval(long payment, String order, Amount amount, String authorisation, long paidAtMs) implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("RecordApproval", payment, order, amount.minor(), amount.currency(), authorisation, paidAtMs);
        }
    }

    /** Nothing was taken, and will not be. */
    record RecordFailure(long payment, String order, Failure failure) implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("RecordFailure", payment, order, failure.name());
        }
    }

    /** Nobody knows whether money was taken. */
    record MarkInDoubt(long payment, Doubt doubt) implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("MarkInDoubt", payment, doubt.name());
        }
    }

    /** For the queue of a person: asking further would not help. @param details what was seen, no personal data, up to 200 characters */
    record AskPerson(long payment, Doubt doubt, String details) implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("AskPerson", payment, doubt.name(), details);
        }
    }

    /**
     * An approved refund was given back.
     *
     * @param stamp  the core's number
     * @param refund the treasury's name for it
     */
    record RecordRefund(long stamp, Amount amount, String refund) implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("RecordRefund", stamp, amount.minor(), amount.currency(), refund);
        }
    }

    /**
     * The money of a payment, of a batch (one terminal's closing, or one post's day online) or of a refund has moved at the bank. {@code gross = net + commission}.
     *
     * @param number     of the payment, batch or refund, as it was given to the index
     * @param valueDay   days since 1970-01-01
     * @param statement  the treasury's name of the statement
     * @param entry      the bank's reference of its entry, unique for the account
     * @param line       names the line by 64 bits, wherever it is told again; not 0. To be given back to the index as what the subject was settled by
     */
    record RecordSettlement(Subject subject, long number, long grossMinor, long commissionMinor, long netMinor, String currency, int valueDay, String statement,
                            String entry, long line) implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("RecordSettlement", subject.name(), number, grossMinor, commissionMinor, netMinor, currency, valueDay, statement, entry, line);
        }
    }

    /**
     * Money that went back after it was settled has left the account. {@code net = gross + commission}.
     *
     * @param number          of the return
     * @param commissionMinor what the bank has kept on top
     * @param line            as of {@link RecordSettlement}, and the others
     */
    record RecordReturnSettlement(long number, long grossMinor, long commissionMinor, String currency, int valueDay, String statement, String entry, long line)
            implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("RecordReturnSettlement", number, grossMinor, commissionMinor, currency, valueDay, statement, entry, line);
        }
    }

    /**
     * What a break is about. What theirs has more than ours is the money that is too much; less, that is missing.
     *
     * @param postId     0 = not known
     * @param currency   of both amounts, ISO 4217; empty when there is none
     * @param ourMinor   what the ledger has for it, minor units; negative when it is to leave the account, as what is given back
     * @param theirMinor what the treasury has moved for it in that currency, minor units; negative when more was taken than brought
     * @param payment    the core's number, 0 = of none, as for the next
     */
    record About(int postId, String currency, long ourMinor, long theirMinor, long payment, long batch) {
        /** No post, no amount. */
        public static final About NOTHING = new About(0, "", 0, 0, 0, 0);
    }

    /**
     * A price as the treasury publishes it.
     *
     * @param version    the next one of the service in the ledger's catalogue
     * @param validFromMs ms since 1970-01-01 UTC
     * @param components  by the words of the ledger: RECEIPT, CHANCERY, STAMP, SERVICE, ADOUL
     */
    record SetTariff(int service, long version, long validFromMs, List<TariffFeed.Part> components) implements TreasuryCommand {
        public SetTariff {
            components = List.copyOf(components);
        }

        @Override
        public RequestId requestId() {
            return RequestId.of("SetTariff", service, version, validFromMs, components);
        }
    }

    /** @param key the same difference has the same key; opening it again changes nothing @param details what differs, in plain words with both sides' figures */
    record OpenBreak(BreakType type, long key, About about, String details) implements TreasuryCommand {
        @Override
        public RequestId requestId() {
            return RequestId.of("OpenBreak", type.name(), key, about.postId(), about.currency(), about.ourMinor(), about.theirMinor(), about.payment(), about.batch(), details);
        }
    }
}
