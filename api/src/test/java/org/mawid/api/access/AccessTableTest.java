package org.mawid.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import com.google.protobuf.Descriptors.FieldDescriptor;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.grpc.Command;
import org.yaml.snakeyaml.Yaml;

/** The table says what {@code access-matrix.csv} says, which is for people to read and to agree on, of whatever the edges can be asked for. */
class AccessTableTest {
    @Test
    void givenWhateverBothEdgesOffer_thenEachHasARow_andEachRowIsOfferedByOne() throws Exception {
        final Set<Operation> offered = EnumSet.noneOf(Operation.class);
        final List<String> missing = new ArrayList<>();
        for (final String name : offered()) {
            final Operation operation = Operation.called(name);
            if (operation == null) {
                missing.add(name);
            } else {
                offered.add(operation);
            }
        }
        offered.add(Operation.TELL_THE_WAY); // within a check-in
        assertThat(missing).as("can be asked for, and the table does not know them: nobody may").isEmpty();
        assertThat(offered).as("what can be asked for").containsExactlyInAnyOrder(Operation.values());
    }

    @Test
    void givenTheMatrix_thenEachOperationIsInIt_andTheTableSaysTheSameInEachCell() {
        final Map<Operation, NamedCsvRecord> matrix = Matrix.read().rows();
        assertThat(matrix.keySet()).containsExactlyInAnyOrder(Operation.values());
        assertThat(matrix.get(Operation.LIVE).getHeader()).as("a column for each role").hasSize(1 + Role.values().length);
        final List<String> otherwise = new ArrayList<>();
        matrix.forEach((operation, row) -> {
            for (final Role role : Role.values()) {
                final String said = AccessTable.cell(operation, role).word();
                if (!said.equals(row.getField(role.word()))) {
                    otherwise.add(operation + " by " + role.word() + ": the table says " + said + ", the matrix " + row.getField(role.word()));
                }
            }
        });
        assertThat(otherwise).isEmpty();
    }

    @Test
    void givenTheNumbersByWhichTheLogKnowsOperations_thenEachHasItsOwn_andThoseOfCommandsAreOfNothingElse() {
        final Set<Integer> codes = new HashSet<>();
        for (final Operation operation : Operation.values()) {
            assertThat(codes.add(operation.code())).as("%s has a number of its own", operation).isTrue();
            assertThat(Operation.of(operation.code())).isEqualTo(operation);
            assertThat(operation.code()).as(operation.name()).isBetween(CommandTemplate.called(operation.word()) == null ? 1_001 : 1, CommandTemplate.called(operation.word()) == null ? 65_535 : CommandTemplate.IDS);
        }
        assertThat(List.of(Operation.GET_APPLICATION.code(), Operation.GET_MESSAGE_TEXT.code(), Operation.GET_DOCUMENT_CONTENT.code(), Operation.LIST_AUDIT.code()))
                .as("as they are in logs").containsExactly(1_031, 1_032, 1_038, 1_078);
    }

    @Test
    void givenRolesThatOnlyLook_thenTheyMayDoNothingThatChangesAnything() {
        for (final Operation operation : Operation.values()) {
            if (!operation.isRead()) {
                assertThat(AccessTable.cell(operation, Role.AUDITOR)).as(operation.name()).isEqualTo(Whose.NONE);
                assertThat(AccessTable.cell(operation, Role.PLANNER)).as(operation.name()).isEqualTo(Whose.NONE);
                assertThat(AccessTable.isOnDisplay(operation)).as(operation.name()).isFalse();
            }
        }
    }

    /** Of gRPC the methods and the kinds of command, of HTTP the operations. */
    private static List<String> offered() throws Exception {
        final List<String> names = new ArrayList<>();
        for (final ClassPath.ClassInfo each : ClassPath.from(Command.class.getClassLoader()).getTopLevelClasses(Command.class.getPackageName())) {
            if (each.getSimpleName().endsWith("ServiceGrpc")) {
                final ServiceDescriptor service = (ServiceDescriptor) each.load().getMethod("getServiceDescriptor").invoke(null);
                service.getMethods().stream().map(MethodDescriptor::getBareMethodName).forEach(names::add);
            }
        }
        Command.getDescriptor().getOneofs().get(0).getFields().stream().map(FieldDescriptor::getName).forEach(names::add);
        try (InputStream file = Operation.class.getResourceAsStream("/openapi.yaml")) {
            final Map<String, Map<String, Map<String, Map<String, Object>>>> contract = new Yaml().load(file);
            contract.get("paths").values().forEach(path -> path.values().forEach(operation -> names.add((String) operation.get("operationId"))));
        }
        return names;
    }
}
