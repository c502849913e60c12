"""The header rows of the exports themselves, column by column, without the columns that a shop adds of its own.

WooCommerce names a group of columns for each attribute a product has, Shopify a column for each metafield.
"""

WOOCOMMERCE = (
    *("ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Is featured?", "Visibility in catalog"),
    *("Short description", "Description", "Date sale price starts", "Date sale price ends", "Tax status"),
    *("Tax class", "In stock?", "Stock", "Low stock amount", "Backorders allowed?", "Sold individually?"),
    *("Weight (kg)", "Length (cm)", "Width (cm)", "Height (cm)", "Allow customer reviews?", "Purchase note"),
    *("Sale price", "Regular price", "Categories", "Tags", "Shipping class", "Images", "Download limit"),
    *(
        "Download expiry days",
        "Parent",
        "Grouped products",
        "Upsells",
        "Cross-sells",
        "External URL",
        "Button text",
    ),
    *("Position", "Cost of goods", "Brands"),
)
WOOCOMMERCE_GERMAN = (
    *("ID", "Typ", "Artikelnummer", "GTIN, UPC, EAN oder ISBN", "Name", "Veröffentlicht", "Ist hervorgehoben?"),
    *("Sichtbarkeit im Katalog", "Kurzbeschreibung", "Beschreibung", "Datum, an dem Angebotspreis beginnt"),
    *("Datum, an dem Angebotspreis endet", "Steuerstatus", "Steuerklasse", "Vorrätig?", "Bestand"),
    *("Geringe Lagermenge", "Lieferrückstände erlaubt?", "Nur einzeln verkaufen?", "Gewicht (kg)", "Länge (cm)"),
    *("Breite (cm)", "Höhe (cm)", "Kundenrezensionen erlauben?", "Hinweis zum Kauf", "Angebotspreis"),
    *("Regulärer Preis", "Kategorien", "Schlagwörter", "Versandklasse", "Bilder", "Downloadlimit"),
    *("Ablauftage des Downloads", "Übergeordnetes Produkt", "Gruppierte Produkte", "Zusatzverkäufe"),
    *("Cross-Sells (Querverkäufe)", "Externe URL", "Button-Text", "Position", "Warenkosten", "Marken"),
)
ATTRIBUTE = ("Attribute {} name", "Attribute {} value(s)", "Attribute {} visible", "Attribute {} global")
ATTRIBUTE_GERMAN = ("Attribut {} Name", "Attribut {} Wert(e)", "Attribut {} Sichtbar", "Attribut {} Global")
LABELS = tuple(f"Custom Label {number}" for number in range(5))
SHOPIFY_2019 = (
    *("Handle", "Title", "Body (HTML)", "Vendor", "Product Category", "Type", "Tags", "Published", "Option1 Name"),
    *("Option1 Value", "Option2 Name", "Option2 Value", "Option3 Name", "Option3 Value", "Variant SKU"),
    *("Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy"),
    *("Variant Fulfillment Service", "Variant Price", "Variant Compare At Price", "Variant Requires Shipping"),
    *("Variant Taxable", "Variant Barcode", "Image Src", "Image Position", "Image Alt Text", "Gift Card"),
    *("SEO Title", "SEO Description", "Google Shopping / Google Product Category", "Google Shopping / Gender"),
    *("Google Shopping / Age Group", "Google Shopping / MPN", "Google Shopping / AdWords Grouping"),
    *("Google Shopping / AdWords Labels", "Google Shopping / Condition", "Google Shopping / Custom Product"),
    *(f"Google Shopping / {label}" for label in LABELS),
    *("Variant Image", "Variant Weight Unit", "Variant Tax Code", "Cost per item", "Status"),
)
SHOPIFY_2025 = (
    *("Title", "URL handle", "Description", "Vendor", "Product category", "Type", "Tags"),
    *("Published on online store", "Status", "SKU", "Barcode", "Option1 name", "Option1 value"),
    *("Option1 Linked To", "Option2 name", "Option2 value", "Option2 Linked To", "Option3 name", "Option3 value"),
    *("Option3 Linked To", "Price", "Compare-at price", "Cost per item", "Charge tax", "Tax code"),
    *("Unit price total measure", "Unit price total measure unit", "Unit price base measure"),
    *("Unit price base measure unit", "Inventory tracker", "Inventory quantity"),
    *("Continue selling when out of stock", "Weight value (grams)", "Weight unit for display"),
    *("Requires shipping", "Fulfillment service", "Product image URL", "Image position", "Image alt text"),
    *("Variant image URL", "Gift card", "SEO title", "SEO description"),
    *("Google Shopping / Google product category", "Google Shopping / Gender", "Google Shopping / Age group"),
    "Google Shopping / Manufacturer part number (MPN)",
    *("Google Shopping / Ad group name", "Google Shopping / Ads labels", "Google Shopping / Condition"),
    "Google Shopping / Custom product",
    *(f"Google Shopping / {label.replace('Label', 'label')}" for label in LABELS),
)
ADDRESS = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
SHOPIFY_ORDERS = (
    *("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing"),
    *("Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method"),
    *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price"),
    *("Lineitem sku", "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status"),
    *(f"{side} {part}" for side in ("Billing", "Shipping") for part in ADDRESS),
    *("Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount"),
    *("Vendor", "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source"),
    "Lineitem discount",
    *(f"Tax {number} {part}" for number in range(1, 6) for part in ("Name", "Value")),
    *("Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID"),
    *("Payment Terms Name", "Next Payment Due At", "Payment References"),
)
