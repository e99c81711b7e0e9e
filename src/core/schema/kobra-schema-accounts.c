/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-schema-accounts.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/*
 * Source: the vendor's page on importing accounts. Names, types, lengths and values are its facts, in its order, misspellings
 * of names included ("Acount", "producto"); labels, descriptions and synonyms are ours.
 */

/* clang-format off */
static const KobraChoice product_choices[] = {
  { "1", N_("Debt collection"), "cobranza|cobro|cobranza de deuda|gestion de cobranza" },
  { "2", N_("Address validation"), "validacion de domicilio|validacion domicilio|verificacion de domicilio|domicilio" },
  { "3", N_("Business validation"), "validacion de negocio|validacion negocio|verificacion de negocio|negocio" },
  { NULL },
};

static const KobraChoice currency_choices[] = {
  { "MX", N_("Pesos"), "peso|pesos|mxn|m n|mn|moneda nacional|mxp|pesos mexicanos|nacional" },
  { "US", N_("US dollars"), "dolar|dolares|usd|dlls|dls|us|dollar|dollars|dolares americanos" },
  { NULL },
};

static const KobraChoice country_choices[] = {
  { "MX", N_("Mexico"), "mexico|mexicana|mexicano|mex|mexican" },
  { "US", N_("United States"), "estados unidos|estadounidense|eua|eeuu|usa|ee uu|americana|americano|american" },
  { NULL },
};

static const KobraChoice residence_choices[] = {
  { "1", N_("Owner"), "propia|propietario|propio|casa propia|own" },
  { "2", N_("Rent"), "renta|rentada|rentado|alquiler|alquilada|rented" },
  { "3", N_("With family"), "familiar|familiares|con familiares|vive con familiares|de familiares|family" },
  { "4", N_("Mortgage"), "hipoteca|hipotecada|hipotecado|hipotecaria" },
  { NULL },
};

static const KobraChoice civil_choices[] = {
  { "D", N_("Divorced"), "divorciado|divorciada" },
  { "L", N_("Free union"), "union libre|concubinato|libre" },
  { "C", N_("Married"), "casado|casada" },
  { "S", N_("Single"), "soltero|soltera" },
  { NULL },
};

/* Hombre and mujer: in a column with an H, M is a woman. */
static const KobraChoice gender_choices[] = {
  { "F", N_("Female"), "femenino|mujer|fem", "M" },
  { "M", N_("Male"), "masculino|hombre|masc", "H" },
  { NULL },
};

static const KobraChoice address_choices[] = {
  { "N", N_("Business"), "negocio|local" },
  { "O", N_("Domicile of the grantor"), "domicilio del otorgante|otorgante" },
  { "C", N_("House"), "casa|particular|hogar" },
  { "P", N_("Postal section"), "apartado postal|postal|seccion postal" },
  { "E", N_("Employment"), "empleo|trabajo|oficina|work" },
  { NULL },
};

static const KobraChoice boolean_choices[] = {
  { "true", N_("Yes"), "si|verdadero|cierto|yes" },
  { "false", N_("No"), "no|falso" },
  { NULL },
};

const KobraField kobra_account_fields[KOBRA_N_ACCOUNT_FIELDS] = {
  [KOBRA_ACCOUNT_EXTERNAL_ID] = {
    "externalID", N_("External ID"),
    N_("Your own ID of the account. Sending the same ID again updates the account."),
    KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_ACCOUNT, KOBRA_NEEDED_ALWAYS, KOBRA_FORM_DIGITS, NULL,
    "id externo|identificador externo|id cuenta|id de cuenta|cuenta|numero de cuenta|num cuenta|no cuenta|no de cuenta|credito|numero de credito|num credito|no credito|no de credito|contrato|numero de contrato|no contrato|folio|referencia cliente|clave|id cliente|numero de cliente|no cliente|account id|account|loan id|external|id credito|clave credito|folio credito|prestamo|numero de prestamo|num prestamo|no prestamo|id prestamo|num contrato|id contrato|no cta|num cta|cta|n cuenta|n credito|nro cuenta|nro credito|cuenta actual|pagare|no pagare|numero de pagare|operacion|numero de operacion|expediente|no expediente|num cliente|clave cliente|codigo cliente|socio|id socio|no socio|num socio|numero de socio|clave socio|no cte|num cte|numero cte|id cte|clave cte|cve cte|cve cliente|id" },
  [KOBRA_ACCOUNT_KOBRA_ID] = {
    "kobraID", N_("Kobra ID"),
    N_("The Kobra manager who gets the account."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "id kobra|kobra|gestor|id gestor|gestor kobra|cobrador|manager|kobra manager|gestor asignado|id cobrador|id gestor asignado" },
  [KOBRA_ACCOUNT_BRANCH_ID] = {
    "branchID", N_("Branch ID"),
    N_("The branch or group that the account belongs to."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "id sucursal|sucursal|grupo|id grupo|no sucursal|numero de sucursal|branch|group|num sucursal|clave sucursal|codigo sucursal|id suc|no suc|suc|numero de grupo|no grupo|oficina|id oficina" },
  [KOBRA_ACCOUNT_PRODUCT_ID] = {
    "productID", N_("Product"),
    N_("What Kobra is asked to do: collect, or validate an address or a business."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ACCOUNT, KOBRA_NEEDED_NEW, KOBRA_FORM_FREE, product_choices,
    "id producto|producto|servicio|tipo de servicio|product|service|producto kobra|tipo de gestion" },
  [KOBRA_ACCOUNT_CURRENCY_CODE] = {
    "currencyCode", N_("Currency"),
    N_("The currency of all amounts of the account."),
    KOBRA_TYPE_TEXT, 2, KOBRA_GROUP_ACCOUNT, KOBRA_NEEDED_NEW, KOBRA_FORM_FREE, currency_choices,
    "moneda|divisa|codigo de moneda|clave moneda|tipo de moneda|currency|clave unidad monetaria|unidad monetaria" },
  [KOBRA_ACCOUNT_NAME] = {
    "name", N_("Name"),
    N_("Given name or names."),
    KOBRA_TYPE_TEXT, 100, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEW, KOBRA_FORM_FREE, NULL,
    "nombre|nombres|nombre s|nombre del cliente|nombre cliente|nombre acreditado|nombre del acreditado|primer nombre|first name|given name|names|nombre de pila|nombre socio|nombre deudor|nombre completo|nombre completo del cliente|nombre y apellidos|nombre o razon social|razon social|acreditado|deudor|full name" },
  [KOBRA_ACCOUNT_FIRST_SURNAME] = {
    "firstSurname", N_("First Surname"),
    N_("The father’s surname, as a rule."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "apellido paterno|ap paterno|a paterno|paterno|primer apellido|apellido 1|apellido1|apellido|last name|surname|ap pat|apellido pat|apellido p|a pat|1er apellido|apellidos|family name|first last name" },
  [KOBRA_ACCOUNT_SECOND_SURNAME] = {
    "secondSurname", N_("Second Surname"),
    N_("The mother’s surname, as a rule."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "apellido materno|ap materno|a materno|materno|segundo apellido|apellido 2|apellido2|ap mat|apellido mat|apellido m|a mat|2do apellido|second last name|mother s maiden name" },
  [KOBRA_ACCOUNT_ADDITIONAL_SURNAME] = {
    "additionalSurname", N_("Additional Surname"),
    N_("A further surname, such as a married name."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "apellido adicional|apellido de casada|otro apellido|apellido 3|married name|ap casada|tercer apellido" },
  [KOBRA_ACCOUNT_EMAIL] = {
    "email", N_("E-Mail"),
    N_("Where the person reads mail."),
    KOBRA_TYPE_TEXT, 100, KOBRA_GROUP_CONTACT, KOBRA_NEEDED_NEVER, KOBRA_FORM_EMAIL, NULL,
    "correo|correo electronico|e mail|mail|correo e|email cliente|correo electronico personal|correo personal|correo cliente|direccion de correo|email address" },
  [KOBRA_ACCOUNT_BIRTHDATE] = {
    "birthdate", N_("Birthdate"),
    N_("The day the person was born."),
    KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_BIRTHDATE, NULL,
    "fecha de nacimiento|fecha nacimiento|fec nac|fec nacimiento|f nacimiento|f nac|nacimiento|fecha nac|date of birth|birth date|dob|fecha nacim|birthday" },
  [KOBRA_ACCOUNT_RFC] = {
    "rfc", N_("RFC"),
    N_("Mexican tax ID: 13 characters for a person, 12 for a company."),
    KOBRA_TYPE_TEXT, 14, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_RFC, NULL,
    "r f c|registro federal de contribuyentes|rfc con homoclave|tax id|rfc homoclave|clave rfc" },
  [KOBRA_ACCOUNT_CURP] = {
    "curp", N_("CURP"),
    N_("Mexican population ID of 18 characters."),
    KOBRA_TYPE_TEXT, 18, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_CURP, NULL,
    "c u r p|clave unica de registro de poblacion|population id|clave curp" },
  [KOBRA_ACCOUNT_NATIONALITY] = {
    "nationality", N_("Nationality"),
    N_("The country the person is a national of."),
    KOBRA_TYPE_TEXT, 2, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, country_choices,
    "nacionalidad|pais|pais de origen|country" },
  [KOBRA_ACCOUNT_RESIDENCE_TYPE_ID] = {
    "residenceTypeID", N_("Residence"),
    N_("On what terms the person lives at the address."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, residence_choices,
    "tipo de vivienda|tipo vivienda|vivienda|tipo de residencia|tipo residencia|residencia|id tipo residencia|residence type|residence|tipo de casa|tenencia|tenencia de la vivienda|regimen de la vivienda|situacion de la vivienda|vivienda propia o rentada|home ownership" },
  [KOBRA_ACCOUNT_CIVIL_STATUS] = {
    "civilStatus", N_("Civil Status"),
    N_("Divorced, free union, married or single."),
    KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, civil_choices,
    "estado civil|edo civil|edo civ|marital status|e civil|est civil|situacion conyugal|civil state" },
  [KOBRA_ACCOUNT_GENDER] = {
    "gender", N_("Gender"),
    N_("Female or male, as the papers say."),
    KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, gender_choices,
    "genero|sexo|sex|genero sexo|sexo genero" },
  [KOBRA_ACCOUNT_IFE] = {
    "ife", N_("Voter Credential"),
    N_("The code of the INE or IFE credential."),
    KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_VOTER_KEY, NULL,
    "ine|clave de elector|clave elector|credencial de elector|credencial ine|credencial ife|folio ine|ine ife|voter id|ife ine|clave ine|clave ife|no ine|num ine|numero de ine|clave elector ife|clave de elector ine|cve elector" },
  [KOBRA_ACCOUNT_DEPENDANTS] = {
    "dependants", N_("Dependants"),
    N_("How many people live on the person’s income."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PERSON, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "dependientes|dependientes economicos|no dependientes|numero de dependientes|num dependientes|dependents|dependientes eco|personas a su cargo|personas que dependen" },
  [KOBRA_ACCOUNT_STREET] = {
    "street", N_("Street"),
    N_("The street of the address."),
    KOBRA_TYPE_TEXT, 200, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "calle|domicilio|direccion|calle domicilio|address|calle y numero|calle y no|calle y num|nombre de la calle|domicilio particular|direccion particular|domicilio completo|direccion completa|vialidad|street address|address line 1" },
  [KOBRA_ACCOUNT_CROSS_STREETS] = {
    "crossStreets", N_("Cross Streets"),
    N_("The nearest streets that meet the street of the address."),
    KOBRA_TYPE_TEXT, 255, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "entre calles|entre calle|cruzamientos|cruces|referencias domicilio|between streets|entre|esquina|referencias de ubicacion|referencia domicilio|cross street" },
  [KOBRA_ACCOUNT_OUTDOOR_NUMBER] = {
    "outdoorNumber", N_("Outdoor Number"),
    N_("The number on the building."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "numero exterior|num exterior|no exterior|num ext|no ext|n ext|exterior|street number|house number|numero ext|n exterior|num de casa|no de casa|numero de casa|exterior number" },
  [KOBRA_ACCOUNT_INDOOR_NUMBER] = {
    "indoorNumber", N_("Indoor Number"),
    N_("The number of the flat or office."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "numero interior|num interior|no interior|num int|no int|n int|interior|apartment|flat|numero int|n interior|depto|no depto|numero de departamento|interior number|apt" },
  [KOBRA_ACCOUNT_SUBURB] = {
    "suburb", N_("Suburb"),
    N_("The colonia, or quarter, of the address."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "colonia|col|asentamiento|fraccionamiento|barrio|neighborhood|neighbourhood|colonia o fraccionamiento|colonia fraccionamiento|colonia poblacion|colonia o poblacion|fracc|nombre de la colonia|urbanizacion" },
  [KOBRA_ACCOUNT_CITY] = {
    "city", N_("City"),
    N_("The city or municipality."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "ciudad|municipio|delegacion|alcaldia|localidad|poblacion|delegacion municipio|delegacion o municipio|ciudad municipio|town|cd|mpio|municipio o delegacion|municipio delegacion|municipio o alcaldia|municipio alcaldia|alcaldia municipio|alcaldia o municipio|ciudad o municipio|municipio o ciudad|ciudad o poblacion|municipality" },
  [KOBRA_ACCOUNT_STATE] = {
    "state", N_("State"),
    N_("The federal state."),
    KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "estado|entidad|entidad federativa|edo|provincia|province|estado de la republica|entidad fed|estado domicilio|edo republica" },
  [KOBRA_ACCOUNT_POSTAL_CODE] = {
    "postalCode", N_("Postal Code"),
    N_("Five digits in Mexico, zeros in front included."),
    KOBRA_TYPE_TEXT, 6, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_POSTAL_CODE, NULL,
    "codigo postal|cod postal|c p|cp|cpostal|zip|zip code|postcode" },
  [KOBRA_ACCOUNT_LAT] = {
    "lat", N_("Latitude"),
    N_("Of the address, in degrees; north is positive."),
    KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_LATITUDE, NULL,
    "latitud|latitude|coordenada y|latitud gps|gps latitud|coordenada latitud" },
  [KOBRA_ACCOUNT_LNG] = {
    "lng", N_("Longitude"),
    N_("Of the address, in degrees; west is negative."),
    KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_LONGITUDE, NULL,
    "longitud|longitude|lon|long|coordenada x|longitud gps|gps longitud|coordenada longitud" },
  [KOBRA_ACCOUNT_ADDRESS_DATE] = {
    "addressDate", N_("Address Since"),
    N_("The day from which the person has lived at the address."),
    KOBRA_TYPE_DATE, 10, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_PAST, NULL,
    "fecha domicilio|fecha de domicilio|fecha direccion|fecha de residencia|antiguedad domicilio|vive desde|reside desde|residente desde|living since|antiguedad en el domicilio|fecha de antiguedad domicilio|habita desde|residence since" },
  [KOBRA_ACCOUNT_PHONE_NUMBER] = {
    "phoneNumber", N_("Telephone"),
    N_("A landline, at home or at work."),
    KOBRA_TYPE_TEXT, 12, KOBRA_GROUP_CONTACT, KOBRA_NEEDED_NEVER, KOBRA_FORM_PHONE, NULL,
    "telefono|tel|telefono fijo|tel fijo|telefono casa|tel casa|telefono de casa|telefono particular|telefono domicilio|no telefono|numero de telefono|phone|landline|telephone|home phone|tel 1|telefono 1|tel local|telefono local|tel particular|tel domicilio|telefono oficina|tel oficina|telefono trabajo|tel trabajo|num telefono|num tel|no tel|telefono de contacto|tel contacto|phone number|telephone number|phone 1" },
  [KOBRA_ACCOUNT_CELLPHONE_NUMBER] = {
    "cellphoneNumber", N_("Mobile Telephone"),
    N_("The person’s own mobile."),
    KOBRA_TYPE_TEXT, 12, KOBRA_GROUP_CONTACT, KOBRA_NEEDED_NEVER, KOBRA_FORM_PHONE, NULL,
    "celular|telefono celular|tel celular|tel cel|cel|movil|telefono movil|numero celular|no celular|num celular|whatsapp|mobile|cell phone|mobile phone|cellphone|tel movil|tel cell|telefono cel|num cel|no cel|celular 1|movil 1|cell|mobile number|cell number" },
  [KOBRA_ACCOUNT_ADDRESS_TYPE_ID] = {
    "addressTypeID", N_("Address Type"),
    N_("What kind of place the address is."),
    KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_ADDRESS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, address_choices,
    "tipo de domicilio|tipo domicilio|tipo de direccion|tipo direccion|id tipo domicilio|address type|tipo dom|clase de domicilio" },
  [KOBRA_ACCOUNT_INITIAL_CAPITAL] = {
    "initialCapital", N_("Initial Capital"),
    N_("What was lent at first."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "capital inicial|monto inicial|monto del credito|monto credito|monto otorgado|monto prestado|importe original|loan amount|initial amount|monto del prestamo|monto original|monto dispuesto|monto autorizado|monto financiado|monto de apertura|importe del credito|importe del prestamo|importe otorgado|capital otorgado|capital original|capital prestado|credito otorgado|original amount" },
  [KOBRA_ACCOUNT_PENDING_CAPITAL] = {
    "pendingCapital", N_("Pending Capital"),
    N_("The capital that is still owed."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "capital pendiente|saldo capital|saldo de capital|saldo insoluto|capital por pagar|capital vigente|principal balance|capital insoluto|saldo insoluto capital|capital adeudado|capital restante|capital exigible|capital actual|capital vencido|capital" },
  [KOBRA_ACCOUNT_PENDING_ORDINARY_INTERESTS] = {
    "pendingOrdinaryInterests", N_("Pending Ordinary Interest"),
    N_("The ordinary interest that is still owed."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "intereses ordinarios pendientes|interes ordinario pendiente|interes ordinario|intereses ordinarios|interes pendiente|intereses pendientes|pending interest|int ordinario|int ordinarios|int ord|interes normal|intereses normales|interes devengado|intereses devengados|saldo interes ordinario|saldo intereses|interes|intereses|interest" },
  [KOBRA_ACCOUNT_PENDING_OVERDUE_INTEREST] = {
    "pendingOverdueInterest", N_("Pending Overdue Interest"),
    N_("The default interest that is still owed."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "intereses moratorios pendientes|interes moratorio pendiente|interes moratorio|intereses moratorios|moratorios|mora|default interest|int moratorio|int moratorios|int mora|interes de mora|intereses de mora|interes por mora|saldo interes moratorio|moratorio|recargos|recargos moratorios|late interest|penalty interest" },
  [KOBRA_ACCOUNT_IVA] = {
    "iva", N_("VAT"),
    N_("Value added tax that is still owed."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "i v a|iva pendiente|impuesto|vat|tax|iva por pagar|iva adeudado|iva vencido|iva intereses|saldo iva" },
  [KOBRA_ACCOUNT_TOTAL_PENDING] = {
    "totalPending", N_("Total Pending"),
    N_("All that is still owed."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "total pendiente|saldo total|saldo|adeudo|adeudo total|total adeudo|deuda|deuda total|total deuda|total adeudado|monto adeudado|monto total adeudado|importe adeudado|total a pagar|total por pagar|saldo actual|saldo deudor|saldo pendiente|saldo por pagar|saldo corte|saldo a la fecha|saldo cuenta|saldo para liquidar|monto total|importe total|monto deuda|saldo exigible|total exigible|saldo vencido|monto vencido|importe vencido|total vencido|total|balance|total due|amount due|total balance" },
  [KOBRA_ACCOUNT_PAID_CAPITAL] = {
    "paidCapital", N_("Paid Capital"),
    N_("The capital that has been paid back."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "capital pagado|capital abonado|capital cubierto|abono a capital|abonos a capital|paid principal" },
  [KOBRA_ACCOUNT_PAID_ORDINARY_INTEREST] = {
    "paidOrdinaryInterest", N_("Paid Ordinary Interest"),
    N_("The ordinary interest that has been paid."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "interes ordinario pagado|intereses ordinarios pagados|interes pagado|intereses pagados|int ordinario pagado|interes normal pagado|paid interest" },
  [KOBRA_ACCOUNT_PAID_OVERDUE_INTEREST] = {
    "paidOverdueInterest", N_("Paid Overdue Interest"),
    N_("The default interest that has been paid."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "interes moratorio pagado|intereses moratorios pagados|moratorios pagados|int moratorio pagado|interes de mora pagado|recargos pagados" },
  [KOBRA_ACCOUNT_TOTAL_PAID] = {
    "totalPaid", N_("Total Paid"),
    N_("All that has been paid."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "total pagado|monto pagado|importe pagado|pagado|amount paid|total abonado|total abonos|total de pagos|monto abonado|importe abonado|abonos|pagos acumulados" },
  [KOBRA_ACCOUNT_PENDING_PAYMENTS] = {
    "pendingPayments", N_("Pending Payments"),
    N_("How many payments are still to be made."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "pagos pendientes|numero de pagos pendientes|no pagos pendientes|pagos restantes|cuotas pendientes|remaining payments|pagos por realizar|pagos faltantes|pagos por hacer|num pagos pendientes|numero de pagos restantes|mensualidades pendientes|mensualidades restantes|abonos pendientes|parcialidades pendientes|cuotas restantes|amortizaciones pendientes|pending installments" },
  [KOBRA_ACCOUNT_PAYMENTS_DONE] = {
    "paymentsDone", N_("Payments Made"),
    N_("How many payments have been made."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "pagos realizados|pagos hechos|pagos efectuados|numero de pagos realizados|no pagos realizados|cuotas pagadas|payments made|pagos cubiertos|num pagos realizados|mensualidades pagadas|abonos realizados|parcialidades pagadas|amortizaciones pagadas|installments paid" },
  [KOBRA_ACCOUNT_AMOUNT_PAYMENT_PERIODICITY] = {
    "amountPaymentPeriodicity", N_("Average Payment"),
    N_("The amount of a payment on average."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "monto promedio de pago|pago promedio|monto de pago|monto del pago|monto pago periodico|pago periodico|importe de pago|mensualidad|cuota|average payment|installment|abono|monto abono|importe abono|monto cuota|monto mensualidad|monto parcialidad|parcialidad|pago mensual|pago semanal|pago quincenal|abono semanal|abono quincenal|abono mensual|amortizacion" },
  [KOBRA_ACCOUNT_LAST_PAYMENT_DATE] = {
    "lastPaymentDate", N_("Last Payment Date"),
    N_("The day of the latest payment."),
    KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_PAST, NULL,
    "fecha ultimo pago|fecha de ultimo pago|fecha del ultimo pago|fec ult pago|f ult pago|fecha ult pago|ultimo pago fecha|date of last payment|fecha ultimo abono|fecha ult abono|ultima fecha de pago|fec ultimo pago|fec ult abono|fec ultimo abono" },
  [KOBRA_ACCOUNT_OVERDUE_DAYS] = {
    "overdueDays", N_("Days Overdue"),
    N_("For how many days a payment has been overdue."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "dias de atraso|dias atraso|dias vencidos|dias de mora|dias mora|dias de retraso|atraso|days past due|dpd|dias vencido|dias de vencimiento|dias en mora|dias en atraso|dias atrasados|dias de impago|d atraso" },
  [KOBRA_ACCOUNT_LAST_PAYMENT_AMOUNT] = {
    "lastPaymentAmount", N_("Last Payment"),
    N_("The amount of the latest payment."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "monto ultimo pago|monto de ultimo pago|monto del ultimo pago|importe ultimo pago|ultimo pago|monto ult pago|last payment|importe ult pago|monto ultimo abono|importe ultimo abono|ultimo abono" },
  [KOBRA_ACCOUNT_LOAN_DATE] = {
    "loanDate", N_("Loan Date"),
    N_("The day the loan was granted."),
    KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_PAST, NULL,
    "fecha de credito|fecha credito|fecha del credito|fecha de otorgamiento|fecha otorgamiento|fecha de prestamo|fecha prestamo|fecha del prestamo|fecha de apertura|fecha apertura|fecha de disposicion|fecha disposicion|date of loan|fecha de desembolso|fecha de contrato|fecha de ministracion|fecha de inicio|fecha de inicio del credito|fecha de compra|fecha de venta|fecha apertura cuenta|fec otorgamiento|fec apertura|fec disposicion|origination date|start date" },
  [KOBRA_ACCOUNT_BANK_NAME] = {
    "paymentInformationBankName", N_("Bank"),
    N_("The bank where payments are to be made."),
    KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_BANK_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "banco|nombre del banco|nombre banco|institucion bancaria|bank|bank name|banco deposito|banco para deposito|banco de pago|banco para pago|banco destino|institucion financiera" },
  [KOBRA_ACCOUNT_BANK_HOLDER] = {
    "paymentInformationAcountHolder", N_("Account Holder"),
    N_("Whom the bank account belongs to."),
    KOBRA_TYPE_TEXT, 200, KOBRA_GROUP_BANK_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "titular|titular de la cuenta|titular cuenta|titular cuenta bancaria|nombre del titular|beneficiario|account holder|payment information account holder|titular bancario|nombre beneficiario|nombre titular cuenta|a nombre de|cuentahabiente" },
  [KOBRA_ACCOUNT_BANK_REFERENCE] = {
    "paymentInformationAccountReference", N_("Payment Reference"),
    N_("The reference to pay with, where the bank asks for one."),
    KOBRA_TYPE_TEXT, 200, KOBRA_GROUP_BANK_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_DIGITS, NULL,
    "referencia|referencia de pago|referencia pago|referencia bancaria|no referencia|numero de referencia|payment reference|reference|ref|ref pago|ref bancaria|referencia de deposito|referencia numerica|referencia para pago|referencia para deposito|num referencia|linea de captura|bank reference" },
  [KOBRA_ACCOUNT_BANK_NUMBER] = {
    "paymentInformationAccountNumber", N_("Bank Account Number"),
    N_("The number of the bank account."),
    KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_BANK_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_DIGITS, NULL,
    "cuenta bancaria|numero de cuenta bancaria|no cuenta bancaria|num cuenta bancaria|cuenta banco|cuenta de banco|cuenta de deposito|cuenta deposito|bank account|bank account number|cuenta para deposito|cuenta para pago|cuenta de pago|cuenta destino|cta bancaria|cta banco|cta deposito|no cta bancaria|num cta bancaria|numero de cuenta banco|num cuenta banco|no cuenta banco" },
  [KOBRA_ACCOUNT_BANK_CLABE] = {
    "paymentInformationAccountCLABE", N_("CLABE"),
    N_("The interbank number of the bank account: 18 digits."),
    KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_BANK_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_CLABE, NULL,
    "clabe|clabe interbancaria|cuenta clabe|clabe bancaria|no clabe|cta clabe|num clabe|numero clabe|cuenta clabe interbancaria|clabe cuenta|clabe para deposito|clabe para pago" },
  [KOBRA_ACCOUNT_REQUIRED_PAYMENT] = {
    "requiredPayment", N_("Required Payment"),
    N_("The least that must be paid now."),
    KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "pago requerido|pago minimo|pago minimo requerido|monto requerido|pago exigible|minimum payment|pago exigido|monto exigible|monto minimo|monto minimo de pago|minimo a pagar|importe minimo|monto a pagar|monto pagar|importe a pagar|required amount|minimum due" },
  [KOBRA_ACCOUNT_REQUIRED_PAYMENT_MAX_DATE] = {
    "requiredPaymentMaxDate", N_("Pay By"),
    N_("The last day for the required payment."),
    KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PAYMENTS, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "fecha limite de pago|fecha limite pago|fecha limite|fecha maxima de pago|fecha max pago|fecha de vencimiento|fecha vencimiento|vencimiento|vence|due date|payment due date|fec limite|fec limite de pago|fec vencimiento|f vencimiento|fecha vto|fec vto|vto|fecha proximo pago|fec prox pago|proximo vencimiento|pagar antes de|next payment date" },
  [KOBRA_ACCOUNT_INTERNAL_AGENTS_NETWORK] = {
    "internalAgentsNetwork", N_("Own Agents Only"),
    N_("Yes: only your own agents see the account. No: only Kobra’s agents do."),
    KOBRA_TYPE_BOOLEAN, 0, KOBRA_GROUP_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, boolean_choices,
    "red interna|agentes internos|red interna de agentes|red de agentes internos|solo agentes internos|internal agents|internal network|agentes propios|gestores internos|gestores propios|solo gestores internos|gestoria interna|own agents" },
  [KOBRA_ACCOUNT_INACTIVE] = {
    "inactive", N_("Inactive"),
    N_("Yes takes the account out of work."),
    KOBRA_TYPE_BOOLEAN, 0, KOBRA_GROUP_ACCOUNT, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, boolean_choices,
    "inactivo|inactiva|baja|dar de baja|cuenta inactiva|inactivar|desactivar|desactivada|dada de baja|cuenta dada de baja|sacar de gestion" },
  [KOBRA_ACCOUNT_LENDER_ID_CDC] = {
    "lenderIDcdc", N_("Lender ID at Círculo de Crédito"),
    N_("The number that Círculo de Crédito gave the lender."),
    KOBRA_TYPE_TEXT, 10, KOBRA_GROUP_CREDIT_BUREAU, KOBRA_NEEDED_NEVER, KOBRA_FORM_DIGITS, NULL,
    "otorgante|id otorgante|clave otorgante|clave de otorgante|otorgante cdc|id otorgante cdc|clave circulo de credito|lender id|lender|numero de otorgante|no otorgante|num otorgante|clave actual otorgante|clave otorgante actual|id circulo de credito|id cdc|clave cdc" },
  [KOBRA_ACCOUNT_CONTRACT_TYPE] = {
    "contractType", N_("Contract Type"),
    N_("The bureau’s code for the product."),
    KOBRA_TYPE_TEXT, 2, KOBRA_GROUP_CREDIT_BUREAU, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "tipo de contrato|tipo contrato|clave tipo de contrato" },
  [KOBRA_ACCOUNT_ACCOUNT_TYPE] = {
    "accountType", N_("Account Type"),
    N_("The bureau’s code for the kind of account."),
    KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_CREDIT_BUREAU, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "tipo de cuenta|tipo cuenta|clave tipo de cuenta" },
  [KOBRA_ACCOUNT_PRODUCTO_TYPE] = {
    "productoType", N_("Product Type"),
    N_("The bureau’s code for the kind of product."),
    KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_CREDIT_BUREAU, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "tipo de producto|tipo producto|product type|clave tipo de producto" },
  [KOBRA_ACCOUNT_PERIODICITY] = {
    "periodicity", N_("Payment Frequency"),
    N_("The bureau’s code for how often payments fall due."),
    KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_CREDIT_BUREAU, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "periodicidad|frecuencia de pago|frecuencia|frecuencia pago|periodicidad de pago|payment frequency|frequency|frecuencia pagos|periodo de pago|payment period" },
  [KOBRA_ACCOUNT_OVERDUE_PERIODS] = {
    "overduePeriods", N_("Overdue Periods"),
    N_("How many payments have not been made."),
    KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_CREDIT_BUREAU, KOBRA_NEEDED_NEVER, KOBRA_FORM_FREE, NULL,
    "periodos vencidos|periodos de atraso|pagos vencidos|numero de pagos vencidos|no pagos vencidos|cuotas vencidas|missed payments|overdue payments|num pagos vencidos|pagos atrasados|pagos no realizados|mensualidades vencidas|abonos vencidos|abonos atrasados|parcialidades vencidas|periodos atrasados|amortizaciones vencidas|quincenas vencidas|semanas vencidas|missed installments" },
};
/* clang-format on */
