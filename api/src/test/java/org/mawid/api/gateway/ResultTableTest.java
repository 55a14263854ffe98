package org.mawid.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status.Code;
import org.junit.jupiter.api.Test;
import org.mawid.sbe.Result;

/** Every result has one row, and the row hangs together. */
class ResultTableTest {
    @Test
    void givenEveryResult_whenLookedUp_thenItsRowHangsTogether() {
        for (final Result result : Result.values()) {
            if (result == Result.NULL_VAL || result == Result.SBE_UNKNOWN) {
                assertThatThrownBy(() -> ResultTable.of(result)).isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            final ResultTable.Row row = ResultTable.of(result);
            assertThat(row.result()).isEqualTo(result);
            assertThat(row.text()).endsWith(".");
            assertThat(row.isDone()).as("%s", result).isEqualTo(row.http() == 200);
            assertThat(row.http()).isIn(200, 202, 400, 401, 403, 404, 409, 410, 422, 429, 503, 504, 507);
            assertThat(row.http() == 503).as("%s: 503 is not admitted or not known yet, and nothing that is remembered", result)
                    .isEqualTo(row.isRetryable() && row.code() == Code.UNAVAILABLE);
            assertThat(result.name().endsWith("_FULL")).as("%s", result).isEqualTo(row.http() == 507);
            if (row.isRetryable()) {
                assertThat(row.code()).isIn(Code.UNAVAILABLE, Code.RESOURCE_EXHAUSTED, Code.DEADLINE_EXCEEDED);
            }
        }
        assertThat(ResultTable.of(Result.UNAVAILABLE).isRetryable()).isTrue();
        assertThat(ResultTable.of(Result.SOLD_OUT).isRetryable()).as("the same id gets the same answer").isFalse();
    }
}
