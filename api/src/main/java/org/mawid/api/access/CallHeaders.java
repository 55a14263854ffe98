package org.mawid.api.access;

import java.util.regex.Pattern;

/** What a call says beside its request, alike over gRPC and HTTP. */
public final class CallHeaders {
    public static final String AUTHORIZATION = "authorization";
    /** Key of the user whom it is for, 16 hexadecimal digits. */
    public static final String ON_BEHALF_OF = "mawid-on-behalf-of";
    /** Why it is made: a word or a number of a file, so that nothing of a person gets there. */
    public static final String REASON = "mawid-reason";
    /** Under which name it is told what is wrong with a token. */
    public static final String TOKEN = "token";
    /** What the headers must look like. */
    public static final String SHAPE = ON_BEHALF_OF + " is a key of 16 hexadecimal digits, " + REASON + " 1 to 64 letters, digits and -_.:/";

    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{16}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

    private CallHeaders() {
    }

    /** @param onBehalfOf null = not said @param reason likewise @return null when one of them is no such thing */
    public static Caller said(final Caller caller, final String onBehalfOf, final String reason) {
        if (onBehalfOf != null && !KEY.matcher(onBehalfOf).matches() || reason != null && !WORD.matcher(reason).matches()) {
            return null;
        }
        return caller.saying(onBehalfOf == null ? 0 : Long.parseUnsignedLong(onBehalfOf, 16), reason == null ? "" : reason);
    }
}
