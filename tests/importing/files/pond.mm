<map version="freeplane 1.11.5">
<!--To view this file, download free mind mapping software Freeplane from https://www.freeplane.org -->
<node TEXT="Life in a pond" FOLDED="false" ID="ID_1090958577" CREATED="1409300609620" MODIFIED="1695000000000" STYLE="oval">
<font SIZE="18"/>
<hook NAME="MapStyle">
    <properties edgeColorConfiguration="#808080ff,#ff0000ff" fit_to_viewport="false"/>
<map_styles>
<stylenode LOCALIZED_TEXT="styles.root_node" STYLE="oval" UNIFORM_SHAPE="true" VGAP_QUANTITY="24 pt">
<font SIZE="24"/>
<stylenode LOCALIZED_TEXT="styles.predefined" POSITION="right" STYLE="bubble">
<stylenode LOCALIZED_TEXT="default" ID="ID_271890427" ICON_SIZE="12 pt" COLOR="#000000" STYLE="fork"/>
</stylenode>
</stylenode>
</map_styles>
</hook>
<hook NAME="AutomaticEdgeColor" COUNTER="3" RULE="ON_BRANCH_CREATION"/>
<node TEXT="Plants" POSITION="right" ID="ID_100" CREATED="1695000000000" MODIFIED="1695000000000">
<edge COLOR="#ff0000"/>
<node TEXT="Algae" ID="ID_101" CREATED="1695000000000" MODIFIED="1695000000000">
<richcontent TYPE="DETAILS">
<html>
  <head>
    
  </head>
  <body>
    <p>
      Tiny plants that drift in
      the water and make <b>oxygen</b>.
    </p>
  </body>
</html>
</richcontent>
<richcontent TYPE="NOTE" CONTENT-TYPE="xml/">
<html>
  <head>
    
  </head>
  <body>
    <p>
      Show the glass of green water.
    </p>
    <p>
      Ask who has swum in it.
    </p>
  </body>
</html>
</richcontent>
<arrowlink SHAPE="CUBIC_CURVE" COLOR="#000000" WIDTH="2" TRANSPARENCY="200" FONT_SIZE="9" FONT_FAMILY="SansSerif" DESTINATION="ID_201" MIDDLE_LABEL="feed" STARTINCLINATION="129.75 pt;0 pt;" ENDINCLINATION="129.75 pt;0 pt;" STARTARROW="NONE" ENDARROW="DEFAULT"/>
</node>
<node TEXT="Reeds" ID="ID_102" LINK="https://en.wikipedia.org/wiki/Phragmites" CREATED="1695000000000" MODIFIED="1695000000000">
<attribute NAME="height" VALUE="3 m"/>
<node TEXT="grow at the edge" ID="ID_110"/>
<node TEXT="hold the bank" ID="ID_111"/>
</node>
<node TEXT="Water lilies" ID="ID_103">
<hook URI="pictures/lily.png" SIZE="0.5" NAME="ExternalObject"/>
<icon BUILTIN="idea"/>
</node>
</node>
<node TEXT="Animals" POSITION="right" ID="ID_200">
<edge COLOR="#0000ff"/>
<node TEXT="Water fleas" ID="ID_201">
<arrowlink DESTINATION="ID_202" MIDDLE_LABEL="are eaten by" STARTARROW="NONE" ENDARROW="DEFAULT"/>
<node TEXT="filter the water" ID="ID_210"/>
</node>
<node TEXT="Sticklebacks" ID="ID_202"/>
<node ID="ID_203"><richcontent TYPE="NODE">
<html>
  <head>
    
  </head>
  <body>
    <p>
      Dragonflies
    </p>
  </body>
</html>
</richcontent>
<node TEXT="larva" ID="ID_220">
<node TEXT="hunts under water" ID="ID_221"/>
<node TEXT="sheds its skin" ID="ID_222"/>
</node>
<node TEXT="adult" ID="ID_223">
<node TEXT="flies" ID="ID_224"/>
</node>
</node>
</node>
<node TEXT="Clear water needs both" POSITION="left" ID="ID_300"/>
</node>
</map>
