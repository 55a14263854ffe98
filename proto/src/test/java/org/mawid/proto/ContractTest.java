package org.mawid.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.mawid.grpc.Account;
import org.mawid.grpc.AgeBand;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.DocumentKind;
import org.mawid.grpc.Event;
import org.mawid.grpc.LineState;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.Priority;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceScope;
import org.mawid.grpc.SetRules;
import org.mawid.grpc.StampState;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The two vocabularies say the same: names and numbers of the gRPC contracts are those of the SBE schema. */
class ContractTest {
    private static final String SBE = "http://fixprotocol.io/2016/sbe";

    @Test
    void givenTheResults_whenCompared_thenEachHasItsNameAndNumberInBoth() throws Exception {
        assertThat(numbersByName(Result.getDescriptor(), "")).isEqualTo(schemaEnum("Result"));
    }

    @Test
    void givenTheOtherEnums_whenCompared_thenEachHasItsNameAndNumberInBoth() throws Exception {
        assertThat(numbersByName(Channel.getDescriptor(), "CHANNEL_")).isEqualTo(schemaEnum("Channel"));
        assertThat(numbersByName(QuotaClass.getDescriptor(), "QUOTA_CLASS_")).isEqualTo(schemaEnum("QuotaClass"));
        assertThat(numbersByName(PoolKind.getDescriptor(), "POOL_KIND_")).isEqualTo(schemaEnum("PoolKind"));
        assertThat(numbersByName(ServiceScope.getDescriptor(), "SERVICE_SCOPE_")).isEqualTo(schemaEnum("ServiceScope"));
        assertThat(numbersByName(AgeBand.getDescriptor(), "AGE_BAND_")).isEqualTo(schemaEnum("AgeBand"));
        assertThat(numbersByName(Priority.getDescriptor(), "PRIORITY_")).isEqualTo(schemaEnum("Priority"));
        assertThat(numbersByName(LineState.getDescriptor(), "LINE_STATE_")).isEqualTo(schemaEnum("LineState"));
        assertThat(numbersByName(DocumentKind.getDescriptor(), "DOCUMENT_KIND_")).isEqualTo(schemaEnum("DocumentKind"));
        assertThat(numbersByName(AppointmentState.getDescriptor(), "APPOINTMENT_STATE_")).isEqualTo(schemaEnum("AppointmentState"));
        assertThat(numbersByName(StampState.getDescriptor(), "STAMP_STATE_")).isEqualTo(schemaEnum("StampState"));
        assertThat(numbersByName(Account.getDescriptor(), "ACCOUNT_")).isEqualTo(schemaEnum("Account"));
        assertThat(numbersByName(Beneficiary.getDescriptor(), "BENEFICIARY_")).isEqualTo(schemaEnum("Beneficiary"));
    }

    @Test
    void givenTheCommandsAndEvents_whenCompared_thenFieldNumbersAreTemplateIds() throws Exception {
        final Map<String, Integer> templates = new TreeMap<>();
        final NodeList messages = schema().getElementsByTagNameNS(SBE, "message");
        for (int i = 0; i < messages.getLength(); i++) {
            final Element message = (Element) messages.item(i);
            templates.put(message.getAttribute("name"), Integer.parseInt(message.getAttribute("id")));
        }
        for (final FieldDescriptor field : Command.getDescriptor().getOneofs().get(0).getFields()) {
            assertThat(templates).containsEntry(camel(field.getName()), field.getNumber());
            assertThat(field.getMessageType().getName()).isEqualTo(camel(field.getName()));
            assertThat(field.getMessageType().findFieldByNumber(1).getMessageType().getName()).isEqualTo("Request");
        }
        for (final FieldDescriptor field : Event.getDescriptor().getOneofs().get(0).getFields()) {
            if (!field.getName().equals("catalogue_changed")) {
                assertThat(templates).containsEntry(camel(field.getName()), field.getNumber());
            }
        }
    }

    @Test
    void givenTheRules_thenTheSchemaTellsTheRangeOfEach() throws Exception {
        int rules = 0;
        final NodeList messages = schema().getElementsByTagNameNS(SBE, "message");
        for (int i = 0; i < messages.getLength(); i++) {
            final Element message = (Element) messages.item(i);
            final NodeList fields = message.getElementsByTagName("field");
            for (int f = 0; message.getAttribute("name").equals("SetRules") && f < fields.getLength(); f++) {
                final Element field = (Element) fields.item(f);
                if (!field.getAttribute("type").equals("Request")) {
                    assertThat(field.getAttribute("description")).as(field.getAttribute("name")).containsPattern("[0-9 ]+( [a-z]+)? to [0-9 ]+");
                    rules++;
                }
            }
        }
        assertThat(rules).isEqualTo(SetRules.getDescriptor().getFields().size() - 1);
    }

    private static Map<String, Integer> numbersByName(final EnumDescriptor descriptor, final String prefix) {
        final Map<String, Integer> numbers = new TreeMap<>();
        for (final EnumValueDescriptor value : descriptor.getValues()) {
            if (!value.getName().equals(prefix + "UNSPECIFIED")) {
                numbers.put(value.getName().substring(prefix.length()), value.getNumber());
            }
        }
        return numbers;
    }

    private static Map<String, Integer> schemaEnum(final String name) throws Exception {
        final Map<String, Integer> numbers = new TreeMap<>();
        final NodeList enums = schema().getElementsByTagName("enum");
        for (int i = 0; i < enums.getLength(); i++) {
            final Element element = (Element) enums.item(i);
            if (element.getAttribute("name").equals(name)) {
                final NodeList values = element.getElementsByTagName("validValue");
                for (int v = 0; v < values.getLength(); v++) {
                    numbers.put(((Element) values.item(v)).getAttribute("name"), Integer.parseInt(values.item(v).getTextContent().trim()));
                }
            }
        }
        assertThat(numbers).as(name).isNotEmpty();
        return numbers;
    }

    private static Element schema() throws Exception {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(ContractTest.class.getResourceAsStream("/sbe/mawid.xml")).getDocumentElement();
    }

    private static String camel(final String snake) {
        final StringBuilder name = new StringBuilder();
        for (final String word : snake.split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
