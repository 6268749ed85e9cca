/** The namespace of the shipping service's messages. */
export const shippingNamespace = 'urn:portico:shop:shipping:1';

/** Path of the SOAP endpoint; the WSDL is at the same path with `?wsdl`. */
export const shippingPath = '/shipping';

/** The contract of the shipping service: WSDL 1.1, SOAP 1.1, document/literal wrapped, with the address of this instance. */
export function shippingWsdl(origin: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Shipping" targetNamespace="${shippingNamespace}" xmlns:tns="${shippingNamespace}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xs:schema targetNamespace="${shippingNamespace}" elementFormDefault="qualified">
      <xs:element name="GetQuotesRequest">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="weightGrams" type="xs:int"/>
            <xs:element name="countryCode" type="xs:string"/>
            <xs:element name="postalCode" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="GetQuotesResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="options" type="tns:QuoteOption" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:complexType name="QuoteOption">
        <xs:sequence>
          <xs:element name="code" type="xs:string"/>
          <xs:element name="label" type="xs:string"/>
          <xs:element name="priceCents" type="xs:int"/>
          <xs:element name="days" type="xs:int"/>
        </xs:sequence>
      </xs:complexType>
      <xs:element name="TrackShipmentRequest">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="trackingNumber" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="TrackShipmentResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="status" type="xs:string"/>
            <xs:element name="events" type="tns:TrackingEvent" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:complexType name="TrackingEvent">
        <xs:sequence>
          <xs:element name="at" type="xs:string"/>
          <xs:element name="location" type="xs:string"/>
          <xs:element name="text" type="xs:string"/>
        </xs:sequence>
      </xs:complexType>
    </xs:schema>
  </wsdl:types>
  <wsdl:message name="GetQuotesInput"><wsdl:part name="parameters" element="tns:GetQuotesRequest"/></wsdl:message>
  <wsdl:message name="GetQuotesOutput"><wsdl:part name="parameters" element="tns:GetQuotesResponse"/></wsdl:message>
  <wsdl:message name="TrackShipmentInput"><wsdl:part name="parameters" element="tns:TrackShipmentRequest"/></wsdl:message>
  <wsdl:message name="TrackShipmentOutput"><wsdl:part name="parameters" element="tns:TrackShipmentResponse"/></wsdl:message>
  <wsdl:portType name="ShippingPortType">
    <wsdl:operation name="GetQuotes"><wsdl:input message="tns:GetQuotesInput"/><wsdl:output message="tns:GetQuotesOutput"/></wsdl:operation>
    <wsdl:operation name="TrackShipment"><wsdl:input message="tns:TrackShipmentInput"/><wsdl:output message="tns:TrackShipmentOutput"/></wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="ShippingBinding" type="tns:ShippingPortType">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="GetQuotes">
      <soap:operation soapAction="${shippingNamespace}:GetQuotes"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
    <wsdl:operation name="TrackShipment">
      <soap:operation soapAction="${shippingNamespace}:TrackShipment"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="ShippingService">
    <wsdl:port name="ShippingPort" binding="tns:ShippingBinding"><soap:address location="${origin}${shippingPath}"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`;
}
