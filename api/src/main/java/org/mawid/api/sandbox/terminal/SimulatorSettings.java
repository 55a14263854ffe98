package org.mawid.api.sandbox.terminal;

/**
 * How a simulated terminal is set up.
 *
 * @param host          address to listen on, best 127.0.0.1
 * @param tcpPort       0 = any free one; so are the others
 * @param controlPort   of the HTTP routes by which it is told to misbehave
 * @param poiId         what it calls itself
 * @param currency      ISO 4217
 * @param minorDigits   decimals of the currency
 * @param customerMs    how long its customers take
 * @param slowMs        how much longer when it is told to be slow
 */
public record SimulatorSettings(String host, int tcpPort, int webSocketPort, int controlPort, String poiId, String currency, int minorDigits,
        long customerMs, long slowMs) {
    /** On any free ports of this machine; its customers take no time and it is slow for five seconds. */
    public static SimulatorSettings of(final String poiId, final String currency, final int minorDigits) {
        return new SimulatorSettings("127.0.0.1", 0, 0, 0, poiId, currency, minorDigits, 0, 5_000);
    }

    public SimulatorSettings withTimes(final long newCustomerMs, final long newSlowMs) {
        return new SimulatorSettings(host, tcpPort, webSocketPort, controlPort, poiId, currency, minorDigits, newCustomerMs, newSlowMs);
    }

    public SimulatorSettings withPorts(final int newTcpPort, final int newWebSocketPort, final int newControlPort) {
        return new SimulatorSettings(host, newTcpPort, newWebSocketPort, newControlPort, poiId, currency, minorDigits, customerMs, slowMs);
    }
}
