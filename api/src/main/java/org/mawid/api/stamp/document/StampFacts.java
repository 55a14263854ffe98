package org.mawid.api.stamp.document;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.StampState;

/**
 * What a stamp's document says, and its signature covers. No person: the engine knows none, and whoever reads it needs none.
 *
 * @param serial         16 digits
 * @param application    reference of the application
 * @param line           of that application, from 0
 * @param post           its code
 * @param service        its code
 * @param amountCentimes centimes of MAD
 * @param localMinor     the same in minor units of the post's currency
 * @param currency       ISO 4217, three capital letters
 * @param minorDigits    of that currency: 0, 2 or 3
 * @param issuedMs       log time, ms since 1970-01-01 UTC; the signature covers whole seconds
 * @param paidMs         likewise, 0 = not paid
 * @param validUntilMs   likewise, the last instant at which it can be used; 0 = without end
 * @param isWaived       two persons have decided that nothing is to be paid
 */
public record StampFacts(String serial, String application, int line, String post, String service, long amountCentimes, long localMinor,
                         String currency, int minorDigits, long issuedMs, long paidMs, long validUntilMs, boolean isWaived) {
    /** Of the claims; a later one may mean something else by the same names. */
    static final int VERSION = 1;

    private static final long MS = 1_000;

    public StampFacts {
        if (!serial.matches("[1-9][0-9]{15}") || !currency.matches("[A-Z]{3}") || minorDigits < 0 || minorDigits > 3 || amountCentimes < 0
                || localMinor < 0 || line < 0 || issuedMs < 0 || paidMs < 0 || validUntilMs < 0) {
            throw new IllegalArgumentException("no stamp: serial, currency, an amount, line or instant is out of range");
        }
    }

    /** One that is to be paid. */
    public StampFacts(final String serial, final String application, final int line, final String post, final String service, final long amountCentimes, final long localMinor,
                      final String currency, final int minorDigits, final long issuedMs, final long paidMs, final long validUntilMs) {
        this(serial, application, line, post, service, amountCentimes, localMinor, currency, minorDigits, issuedMs, paidMs, validUntilMs, false);
    }

    /**
     * As the records tell it.
     *
     * @param service  of the application's line
     * @param paidMs   0 = not paid
     * @param untilMs  0 = without end
     */
    public static StampFacts of(final Records.Stamp stamp, final References references, final CatalogueView.Post post, final CatalogueView.Service service,
                                final long paidMs, final long untilMs) {
        return new StampFacts(references.text(ReferenceKind.STAMP, stamp.stampId()), references.text(ReferenceKind.APPLICATION, stamp.applicationId()),
                stamp.line(), post.code(), service.code(), stamp.amountCentimes(), stamp.localMinor(), stamp.currency(), post.minorDigits(),
                stamp.issuedMs(), paidMs, untilMs, stamp.state() == StampState.WAIVED);
    }

    /** Short names: each character makes the code on paper denser. {@code iss}, {@code sub}, {@code iat} and {@code exp} are those of RFC 7519. */
    Map<String, Object> claims(final String issuer) {
        final Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("v", VERSION);
        claims.put("iss", issuer);
        claims.put("sub", serial);
        claims.put("app", application);
        claims.put("line", line);
        claims.put("post", post);
        claims.put("svc", service);
        claims.put("mad", amountCentimes);
        claims.put("amt", localMinor);
        claims.put("cur", currency);
        claims.put("dig", minorDigits);
        claims.put("iat", issuedMs / MS);
        if (paidMs > 0) {
            claims.put("paid", paidMs / MS);
        }
        if (isWaived) {
            claims.put("wvd", true);
        }
        if (validUntilMs > 0) {
            claims.put("exp", validUntilMs / MS);
        }
        return claims;
    }

    /** @throws ParseException the claims are not those of {@link #claims} */
    static StampFacts of(final Map<String, Object> claims) throws ParseException {
        try {
            return new StampFacts(text(claims, "sub"), text(claims, "app"), JSONObjectUtils.getInt(claims, "line"), text(claims, "post"), text(claims, "svc"),
                    JSONObjectUtils.getLong(claims, "mad"), JSONObjectUtils.getLong(claims, "amt"), text(claims, "cur"),
                    JSONObjectUtils.getInt(claims, "dig"), seconds(claims, "iat") * MS,
                    claims.containsKey("paid") ? seconds(claims, "paid") * MS : 0, claims.containsKey("exp") ? seconds(claims, "exp") * MS : 0,
                    claims.containsKey("wvd") && JSONObjectUtils.getBoolean(claims, "wvd"));
        } catch (final IllegalArgumentException outOfRange) {
            throw new ParseException(outOfRange.getMessage(), 0);
        }
    }

    static String text(final Map<String, Object> claims, final String name) throws ParseException {
        final String value = JSONObjectUtils.getString(claims, name);
        if (value == null) {
            throw new ParseException("there is no " + name, 0);
        }
        return value;
    }

    private static long seconds(final Map<String, Object> claims, final String name) throws ParseException {
        return JSONObjectUtils.getLong(claims, name);
    }
}
