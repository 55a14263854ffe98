package org.mawid.api.server;

import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.LocalAnswers;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.sbe.Result;

/** Counts calls that are refused before a service sees them, when what they bring are commands. Any thread. */
final class RefusedCalls {
    private static final String STREAM = CommandServiceGrpc.getStreamMethod().getFullMethodName();
    private static final String BATCH = CommandServiceGrpc.getBatchMethod().getFullMethodName();

    private final LocalAnswers answers;

    RefusedCalls(final LocalAnswers answers) {
        this.answers = answers;
    }

    /** @param method its full name @param number1 see {@link LocalAnswers#count} */
    void count(final String method, final Result result, final long number1) {
        final CommandTemplate template = CommandTemplate.called(method.substring(method.lastIndexOf('/') + 1));
        if (template != null || method.equals(STREAM) || method.equals(BATCH)) {
            answers.count(template, result, number1);
        }
    }
}
