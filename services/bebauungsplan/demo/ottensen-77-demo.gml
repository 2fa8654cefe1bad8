<?xml version="1.0" encoding="UTF-8"?>
<xplan:XPlanAuszug xmlns:xplan="http://www.xplanung.de/xplangml/6/0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="Auszug_demo-plan">
  <gml:featureMember>
    <xplan:BP_Plan gml:id="demo-plan">
      <xplan:name>Ottensen 77 (Demo)</xplan:name>
      <xplan:nummer>77</xplan:nummer>
      <xplan:beschreibung>Erfundener Plan der Demo-Stadt: ohne rechtliche Wirkung.</xplan:beschreibung>
      <xplan:erstellungsMassstab>1000</xplan:erstellungsMassstab>
      <xplan:planArt>10001</xplan:planArt>
      <xplan:rechtsstand>2000</xplan:rechtsstand>
      <xplan:raeumlicherGeltungsbereich><gml:Polygon gml:id="Gml_demo-plan_1" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561869 5934650 562034 5934644 562041 5934788 561873 5934796 561869 5934650</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:raeumlicherGeltungsbereich>
      <xplan:gemeinde><xplan:XP_Gemeinde><xplan:ags>02000000</xplan:ags><xplan:gemeindeName>Hamburg</xplan:gemeindeName></xplan:XP_Gemeinde></xplan:gemeinde>
      <xplan:bereich xlink:href="#demo-bereich"/>
    </xplan:BP_Plan>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_Bereich gml:id="demo-bereich">
      <xplan:gehoertZuPlan xlink:href="#demo-plan"/>
      <xplan:nummer>0</xplan:nummer>
      <xplan:geltungsbereich><gml:Polygon gml:id="Gml_demo-plan_2" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561869 5934650 562034 5934644 562041 5934788 561873 5934796 561869 5934650</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:geltungsbereich>
    </xplan:BP_Bereich>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_BaugebietsTeilFlaeche gml:id="demo-wa1">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:GFZ>1.2</xplan:GFZ>
      <xplan:GRZ>0.4</xplan:GRZ>
      <xplan:Z>3</xplan:Z>
      <xplan:allgArtDerBaulNutzung>1000</xplan:allgArtDerBaulNutzung>
      <xplan:besondereArtDerBaulNutzung>1200</xplan:besondereArtDerBaulNutzung>
      <xplan:bauweise>1000</xplan:bauweise>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_3" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561869 5934650 561947 5934647 561950 5934712 561870.7 5934714 561869 5934650</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_BaugebietsTeilFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_BaugebietsTeilFlaeche gml:id="demo-wa2">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:GFZ>1.6</xplan:GFZ>
      <xplan:GRZ>0.4</xplan:GRZ>
      <xplan:Z>4</xplan:Z>
      <xplan:allgArtDerBaulNutzung>1000</xplan:allgArtDerBaulNutzung>
      <xplan:besondereArtDerBaulNutzung>1200</xplan:besondereArtDerBaulNutzung>
      <xplan:bauweise>1000</xplan:bauweise>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_4" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561870.9 5934724 561950.5 5934722 561954 5934792 561873 5934796 561870.9 5934724</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_BaugebietsTeilFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_BaugebietsTeilFlaeche gml:id="demo-mu1">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:GFZ>2.4</xplan:GFZ>
      <xplan:GRZ>0.6</xplan:GRZ>
      <xplan:Z>5</xplan:Z>
      <xplan:allgArtDerBaulNutzung>2000</xplan:allgArtDerBaulNutzung>
      <xplan:besondereArtDerBaulNutzung>1550</xplan:besondereArtDerBaulNutzung>
      <xplan:bauweise>1000</xplan:bauweise>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_5" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561963 5934646.6 562034 5934644 562037 5934710 561965.8 5934711.6 561963 5934646.6</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_BaugebietsTeilFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_GruenFlaeche gml:id="demo-gruen">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_6" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561966.3 5934721.6 562037.6 5934720 562041 5934788 561969.2 5934791.3 561966.3 5934721.6</gml:posList></gml:LinearRing></gml:exterior><gml:interior><gml:LinearRing><gml:posList>561994 5934745 562009 5934745 562009 5934760 561994 5934760 561994 5934745</gml:posList></gml:LinearRing></gml:interior></gml:Polygon></xplan:position>
    </xplan:BP_GruenFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_GewaesserFlaeche gml:id="demo-see">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_7" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561994 5934745 562009 5934745 562009 5934760 561994 5934760 561994 5934745</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_GewaesserFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_StrassenVerkehrsFlaeche gml:id="demo-strasse">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_8" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561947 5934647 561963 5934646.6 561965.8 5934711.6 562037 5934710 562037.6 5934720 561966.3 5934721.6 561969.2 5934791.3 561954 5934792 561950.5 5934722 561870.9 5934724 561870.7 5934714 561950 5934712 561947 5934647</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_StrassenVerkehrsFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_UeberbaubareGrundstuecksFlaeche gml:id="demo-bau1">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_9" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561877 5934658 561939 5934656 561941 5934672 561893 5934674 561894 5934706 561878 5934707 561877 5934658</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_UeberbaubareGrundstuecksFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_UeberbaubareGrundstuecksFlaeche gml:id="demo-bau2">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_10" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561879 5934734 561942 5934732 561945 5934782 561881 5934786 561879 5934734</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_UeberbaubareGrundstuecksFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_UeberbaubareGrundstuecksFlaeche gml:id="demo-bau3">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:Polygon gml:id="Gml_demo-plan_11" srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList>561971 5934654 562026 5934652 562028 5934702 561973 5934703 561971 5934654</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></xplan:position>
    </xplan:BP_UeberbaubareGrundstuecksFlaeche>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_BauGrenze gml:id="demo-grenze1">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:LineString gml:id="Gml_demo-plan_12" srsName="EPSG:25832"><gml:posList>561877 5934658 561939 5934656 561941 5934672 561893 5934674 561894 5934706 561878 5934707 561877 5934658</gml:posList></gml:LineString></xplan:position>
    </xplan:BP_BauGrenze>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_BauLinie gml:id="demo-linie1">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:LineString gml:id="Gml_demo-plan_13" srsName="EPSG:25832"><gml:posList>561973 5934703 562028 5934702</gml:posList></gml:LineString></xplan:position>
    </xplan:BP_BauLinie>
  </gml:featureMember>
  <gml:featureMember>
    <xplan:BP_StrassenbegrenzungsLinie gml:id="demo-begrenzung">
      <xplan:gehoertZuBereich xlink:href="#demo-bereich"/>
      <xplan:rechtscharakter>1000</xplan:rechtscharakter>
      <xplan:position><gml:LineString gml:id="Gml_demo-plan_14" srsName="EPSG:25832"><gml:posList>561870.9 5934724 561950.5 5934722 561954 5934792</gml:posList></gml:LineString></xplan:position>
    </xplan:BP_StrassenbegrenzungsLinie>
  </gml:featureMember>
</xplan:XPlanAuszug>
