package org.mawid.api.gateway;

/** Takes one answer, on the thread of the lane. */
@FunctionalInterface
public interface AnswerHandler {
    void onAnswer(Answer answer);
}
