package org.mawid.api.terminal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.terminal.TerminalRegistration;
import org.mawid.api.terminal.TerminalTls;
import org.mawid.api.terminal.Transport;

class TerminalPlacesTest {
    @TempDir
    private Path folder;

    @Test
    void givenAList_whenRead_thenEachTerminalIsWhereItSays() throws Exception {
        Files.writeString(folder.resolve("bank.pem"), "");
        final TerminalPlaces places = read("# EPTs of the post\n\n  12 tcp://10.1.2.3:20000  poi=EPT-12\n13 wss://ept.example:4430 trusted=bank.pem poi=E.13\n14 tcps://[::1]:1 poi=x\n");
        assertThat(places.count()).isEqualTo(3);
        assertThat(places.all().get(12).at(12, 1, "EUR", 2)).isEqualTo(new TerminalRegistration(12, 1, "10.1.2.3", 20_000, Transport.TCP, "EPT-12", "EUR", 2, null));
        assertThat(places.all().get(13).at(13, 2, "KWD", 3)).isEqualTo(new TerminalRegistration(13, 2, "ept.example", 4_430, Transport.WEBSOCKET, "E.13", "KWD", 3,
                new TerminalTls(folder.resolve("bank.pem"), null, null)));
        assertThat(places.all().get(14).tls()).isEqualTo(new TerminalTls(null, null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "x tcp://h:1 poi=a | x is no terminal's number, 1 to 65535",
            "65536 tcp://h:1 poi=a | 65536 is no terminal's number",
            "12 | terminal 12: its address is missing: write as in",
            "12 http://h:1 poi=a | terminal 12: http://h:1 is no address: write tcp://, tcps://, ws:// or wss://",
            "12 tcp://h:1/path poi=a | terminal 12: tcp://h:1/path is no address",
            "12 tcp://h poi=a | terminal 12: a terminal's port is 1 to 65535: write as in",
            "12 tcp://h:1 | terminal 12: a terminal's poiId is 1 to 64 letters",
            "12 tcp://h:1 poi=a por=b | terminal 12: por=b is not known: behind the address come",
            "12 tcp://h:1 poi=a poi=b | terminal 12: poi is there twice",
            "12 tcp://h:1 poi=a trusted=b | terminal 12: trusted, certificate and key are for TLS: write tcps://",
            "12 tcps://h:1 poi=a trusted=none.pem | none.pem cannot be read: name a PEM file",
            "12 tcps://h:1 poi=a certificate=list | terminal 12: a certificate and its key go together",
    })
    void givenAMistake_whenRead_thenItSaysWhereAndWhatToWrite(final String line, final String told) {
        assertThatThrownBy(() -> read("\n" + line)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(folder.resolve("list") + " line 2: ")
                .hasMessageContaining(told).hasMessageNotContaining("\n");
    }

    @Test
    void givenAListThatChanges_whenLookedAt_thenAWholeOneIsInForceAndAnotherIsNot() throws Exception {
        read("12 tcp://h:1 poi=a");
        final PlacesFile file = PlacesFile.open(folder.resolve("list"));
        assertThat(file.look()).isFalse();
        Files.writeString(folder.resolve("list"), "12 tcp://h:1 poi=a\n13 tcp://h");
        assertThat(file.look()).isFalse();
        assertThat(file.inForce().all()).containsOnlyKeys(12);
        Files.delete(folder.resolve("list"));
        assertThat(file.look()).isFalse();
        assertThat(file.inForce().all()).containsOnlyKeys(12);
        read("12 tcp://h:2 poi=a\n13 tcp://h:3 poi=b");
        assertThat(file.look()).isTrue();
        assertThat(file.inForce().all()).containsOnlyKeys(12, 13);
        assertThat(file.inForce().all().get(12).port()).isEqualTo(2);
        assertThat(file.look()).isFalse();
    }

    @Test
    void givenNoList_whenRead_thenItSaysSo() {
        assertThatThrownBy(() -> TerminalPlaces.read(folder.resolve("none"))).isInstanceOf(IOException.class).hasMessageContaining(folder.resolve("none").toString());
    }

    private TerminalPlaces read(final String text) throws IOException {
        return TerminalPlaces.read(Files.writeString(folder.resolve("list"), text));
    }
}
