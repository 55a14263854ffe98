package org.mawid.api.access;

import java.util.regex.Pattern;

/** What a call says beside its request, alike over gRPC and HTTP. */
public final class CallHeaders {
    public static final String AUTHORIZATION = "authorization";
    /** Key of the user whom it is for, 16 hexadecimal digits. */
    public static final String ON_BEHALF_OF = "mawid-on-behalf-of";
    /** Why it is made: the number of a reason, or of a file. It stands in the log, where nothing of a person may be: so no words. */
    public static final String REASON = "mawid-reason";
    /** Under which name it is told what is wrong with a token. */
    public static final String TOKEN = "token";
    /** What the headers must look like. */
    public static final String SHAPE = ON_BEHALF_OF + " is a key of 16 hexadecimal digits, " + REASON + " the number of a reason or of a file, 1 to 4294967295";

    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{16}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    private static final long MOST = 0xFFFF_FFFFL;

    private CallHeaders() {
    }

    /** @param onBehalfOf null = not said @param reason likewise @return null when one of them is no such thing */
    public static Caller said(final Caller caller, final String onBehalfOf, final String reason) {
        if (onBehalfOf != null && !KEY.matcher(onBehalfOf).matches() || reason != null && (!NUMBER.matcher(reason).matches() || Long.parseLong(reason) > MOST)) {
            return null;
        }
        return caller.saying(onBehalfOf == null ? 0 : Long.parseUnsignedLong(onBehalfOf, 16), reason == null ? 0 : Long.parseLong(reason));
    }
}
