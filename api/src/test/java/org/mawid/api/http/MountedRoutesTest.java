package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mawid.api.access.Operation;

/** Nothing is answered but what the contract has, so that no way leads past its checks and the table of who may do what. What does is named here, with its reason. */
class MountedRoutesTest {
    /** The treasury's interface, not ours: it signs what it says (TreasuryCallBacksOverEdgesTest). */
    private static final Set<String> BESIDE = Set.of("POST /treasury/call-backs");

    @Test
    void givenAServer_whenItServes_thenItsRoutesAreTheContractsOperations_andThoseOfTheShortListBeside() throws Exception {
        final Set<String> contract = ContractTest.operations().values().stream().map(operation -> operation.method() + ' ' + operation.path()).collect(Collectors.toCollection(TreeSet::new));
        try (HttpFixture http = new HttpFixture()) {
            assertThat(mounted(http)).containsExactlyInAnyOrderElementsOf(contract);
        }
        contract.addAll(BESIDE);
        try (HttpFixture paid = new HttpFixture(HttpConfig.loopback(0), HttpClient.newHttpClient(), HttpFixture.REPLY_TIMEOUT_MS, new OnlinePayments(null, null, null))) {
            assertThat(mounted(paid)).containsExactlyInAnyOrderElementsOf(contract);
        }
    }

    /** Or it would be everybody's. */
    @Test
    void givenEveryOperationOfTheContract_thenTheTableOfWhoMayDoWhatKnowsIt() {
        assertThat(ContractTest.operations().values()).allSatisfy(operation -> assertThat(Operation.called(operation.id())).as(operation.id()).isNotNull());
    }

    /** A route for any method or any path is none of anybody's. */
    private static List<String> mounted(final HttpFixture http) {
        return http.edge.mounted().stream().map(MountedRoutesTest::told).toList();
    }

    private static String told(final Route route) {
        assertThat(route.methods()).as("%s", route).isNotNull().hasSize(1);
        assertThat(route.getPath()).as("%s", route).isNotNull();
        return route.methods().stream().map(HttpMethod::name).findFirst().orElseThrow() + ' ' + route.getPath().replaceAll(":([A-Za-z]+)", "{$1}");
    }
}
