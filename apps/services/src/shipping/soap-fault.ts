/** A SOAP 1.1 fault as the `soap` package takes it; it answers with status 500, as the SOAP HTTP binding asks (SOAP 1.1, 6.2). */
export interface SoapFault {
  readonly Fault: { readonly faultcode: string; readonly faultstring: string };
}

/** The fault of a message that must not be sent again unchanged (SOAP 1.1, 4.4.1). */
export const clientFault = (faultstring: string): SoapFault => ({ Fault: { faultcode: 'soap:Client', faultstring } });

/** The answer to a message that is no XML, or for which there is no operation. The package would answer it in SOAP 1.2's form. */
export const notUnderstood =
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>' +
  '<faultcode>soap:Client</faultcode><faultstring>the message is not understood: see the WSDL</faultstring></soap:Fault></soap:Body></soap:Envelope>';
